import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Client, ClientError, GRPC } from '@ingot/client'
import { type BuildPlan, chooseArtifact, type PlanOutcome, resolveParent, runPlan } from '@ingot/engine'
import { bundlePlugin } from '@ingot/plugin-sdk'
import { eventLine, type Interrupt } from 'ingot'
import { childPlan, parentPlan } from './plans.ts'

export interface DemoOptions {
  readonly client: Client
  /** Where the plugin and the images go. */
  readonly folder: string
  readonly note: (line: string) => void
  readonly interrupt: Interrupt
}

const entry = fileURLToPath(new URL('../../examples/tarball/src/plugin.ts', import.meta.url))
const channel = 'production'

/** Bakes a parent, promotes it, and bakes a child from it, with the example plugin as real processes; false when interrupted. */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const { client, folder, note } = options
  note('Bundling the example plugin, examples/tarball …')
  const { file: plugin } = await bundlePlugin({ entry, outfile: join(folder, 'packer-plugin-tarball') })
  const places = { plugin, store: join(folder, 'images') }

  const parent = await run(parentPlan(places), options)
  if (parent.status !== 'published') return false
  await promote(client, parent)
  note(`${parent.bucket} ${parent.version?.name} is on the channel ${channel}`)

  const resolved = await resolveParent(client, { bucket: parent.bucket, channel })
  const { imageId } = chooseArtifact(resolved.artifacts, {})
  const child = await run({ ...childPlan({ ...places, base: imageId }), parents: [resolved] }, options)
  return child.status === 'published'
}

async function run(plan: BuildPlan, { client, folder, note, interrupt }: DemoOptions): Promise<PlanOutcome> {
  return await runPlan(plan, {
    client,
    rescueFolder: folder,
    signal: interrupt.signal,
    killSignal: interrupt.hard,
    onEvent: (event) => {
      const line = eventLine(event)
      if (line) note(line)
    },
  })
}

async function promote(client: Client, { bucket, fingerprint }: PlanOutcome): Promise<void> {
  try {
    await client.channels.create(bucket, { name: channel, version_fingerprint: fingerprint })
  } catch (error) {
    if (!(error instanceof ClientError) || !error.refusedWith(GRPC.alreadyExists)) throw error
    await client.channels.assign({ bucket, channel }, fingerprint)
  }
}
