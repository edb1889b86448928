import { runUuid } from './publish.ts'
import type { Reply, WireClient } from './wire-client.ts'

/** What packer of that version says of itself. */
export function packerHeader(version: string) {
  return { 'x-hcp-source-channel': `packer/${version} hcp-go-sdk/0.23.0` }
}

/** The answers to what packer 1.7 to 1.9 sends for an iteration, each under the last part of its path. */
export interface OldRun {
  readonly bucket: Reply
  readonly looked: Reply
  readonly iteration: Reply
  readonly listed: Reply
  /** By component type. */
  readonly builds: ReadonlyMap<string, Reply>
  /** To the last update of each build, in the order of the sources. */
  readonly updates: readonly Reply[]
}

/** A run of packer 1.7.10, which names no template type, or of a later one, which does. */
export async function publishOld(
  registry: WireClient,
  run: {
    readonly bucket: string
    readonly fingerprint: string
    /** What becomes of each source. */
    readonly sources: Readonly<Record<string, 'DONE' | 'FAILED' | 'UNSET'>>
    readonly packer?: string
    readonly parent?: object
  },
): Promise<OldRun> {
  const { fingerprint, sources, packer = '1.9.4', parent } = run
  const headers = packerHeader(packer)
  const send = (method: string, path: string, body?: unknown) =>
    registry.send(method, `Q/${path}`, { headers, ...(body !== undefined && { body }) })
  const bucket = await send('PUT', 'images', { bucket_slug: run.bucket })
  const images = `images/${run.bucket}`
  const looked = await send('GET', `${images}/iteration?fingerprint=${fingerprint}`)
  const type = packer === '1.7.10' ? {} : { template_type: 'HCL2' }
  const iteration = await send('POST', `${images}/iterations`, { fingerprint, ...type })
  const iterationPath = `${images}/iterations/${iteration.json.iteration.id}`
  const listed = await send('GET', `${iterationPath}/builds`)
  const builds = new Map<string, Reply>()
  for (const component_type of Object.keys(sources)) {
    const build = { component_type, images: null, packer_run_uuid: runUuid, status: 'UNSET' }
    builds.set(component_type, await send('POST', iterationPath, { build, fingerprint }))
  }
  const updates: Reply[] = []
  for (const [component, end] of Object.entries(sources)) {
    const path = `builds/${builds.get(component)!.json.build.id}`
    if (end === 'UNSET') continue
    const updating = { images: null, packer_run_uuid: runUuid, status: 'RUNNING' }
    await send('PATCH', path, { updates: updating })
    const ending = end === 'DONE' ? doneOld(component) : { ...updating, status: end }
    updates.push(await send('PATCH', path, { updates: { ...ending, ...parent } }))
  }
  return { bucket, looked, iteration, listed, builds, updates }
}

/** The last word of packer 1.8 and 1.9 on a build. */
export function doneOld(component: string) {
  return {
    cloud_provider: 'aws',
    images: [{ image_id: `ami-${component}`, region: 'us-east-1' }],
    packer_run_uuid: runUuid,
    status: 'DONE',
  }
}
