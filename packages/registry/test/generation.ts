import { runUuid } from './publish.ts'
import type { Reply, WireClient } from './wire-client.ts'

export type Ending = 'RUNNING' | 'FAILED' | 'CANCELLED' | 'DONE'

/** A version as either generation of clients sees it, in words of neither. */
export interface Seen {
  readonly fingerprint: string
  readonly id: string
  /** 0 while incomplete. */
  readonly number: number
  readonly status: string
  readonly builds: Readonly<Record<string, string>>
}

/** What clients of a generation do to a bucket, and what they see of it. */
export interface Generation {
  create(fingerprint: string): Promise<Reply>
  register(fingerprint: string, component: string): Promise<Reply>
  update(fingerprint: string, component: string, ending: Ending): Promise<Reply>
  /** Empties the channel when no fingerprint is given. */
  assign(channel: string, fingerprint: string | undefined): Promise<Reply>
  versions(): Promise<readonly Seen[]>
  /** The fingerprint on each channel. */
  channels(): Promise<Readonly<Record<string, string | undefined>>>
}

const images = (component: string, id: string) => [{ [id]: `ami-${component}`, region: 'us-east-1' }]

/** Packer since 1.10, and Terraform. */
export function newer(registry: WireClient, bucket: string): Generation {
  const at = `P/buckets/${bucket}`
  const send = (method: string, path: string, body?: object) =>
    registry.send(method, `${at}/${path}`, body ? { body } : {})
  const buildId = async (fingerprint: string, component: string) => {
    const { json } = await send('GET', `versions/${fingerprint}/builds`)
    return named(json.builds, component)?.id ?? 'none'
  }
  return {
    create: (fingerprint) => send('POST', 'versions', { fingerprint }),
    register: (fingerprint, component_type) =>
      send('POST', `versions/${fingerprint}/builds`, { component_type, status: 'BUILD_UNSET' }),
    update: async (fingerprint, component, ending) => {
      const done = { platform: 'aws', artifacts: images(component, 'external_identifier') }
      const words = { status: `BUILD_${ending}`, packer_run_uuid: runUuid, ...(ending === 'DONE' && done) }
      const id = await buildId(fingerprint, component)
      return send('PATCH', `versions/${fingerprint}/builds/${id}`, words)
    },
    assign: (channel, version_fingerprint) =>
      send('PATCH', `channels/${channel}`, { update_mask: 'versionFingerprint', version_fingerprint }),
    versions: async () => {
      const { json } = await send('GET', 'versions')
      return json.versions.map((one: NewVersion) => ({
        ...{ fingerprint: one.fingerprint, id: one.id, number: Number(one.name.slice(1)) },
        status: one.status.replace('VERSION_', ''),
        builds: statesOf(one.builds, 'BUILD_'),
      }))
    },
    channels: async () => {
      const { json } = await send('GET', 'channels')
      const pairs = json.channels.map((one: NewChannel) => [one.name, one.version?.fingerprint])
      return Object.fromEntries(pairs)
    },
  }
}

/** Packer 1.7 to 1.9, which knows versions by their identifiers. */
export function older(registry: WireClient, bucket: string): Generation {
  const at = `Q/images/${bucket}`
  const send = (method: string, path: string, body?: object) =>
    registry.send(method, path, body ? { body } : {})
  const iterationId = async (fingerprint: string) => {
    const { json } = await send('GET', `${at}/iteration?fingerprint=${fingerprint}`)
    return json.iteration?.id ?? 'none'
  }
  return {
    create: (fingerprint) => send('POST', `${at}/iterations`, { fingerprint }),
    register: async (fingerprint, component_type) => {
      const path = `${at}/iterations/${await iterationId(fingerprint)}`
      return send('POST', path, { build: { component_type, status: 'UNSET' }, fingerprint })
    },
    update: async (fingerprint, component, status) => {
      const listed = await send('GET', `${at}/iterations/${await iterationId(fingerprint)}/builds`)
      const done = { cloud_provider: 'aws', images: images(component, 'image_id') }
      const updates = { status, packer_run_uuid: runUuid, ...(status === 'DONE' && done) }
      return send('PATCH', `Q/builds/${named(listed.json.builds, component)?.id ?? 'none'}`, {
        updates,
      })
    },
    assign: async (channel, fingerprint) => {
      const iteration_id = fingerprint === undefined ? undefined : await iterationId(fingerprint)
      return send('PATCH', `${at}/channels/${channel}`, { mask: 'iterationId', iteration_id })
    },
    versions: async () => {
      const { json } = await send('GET', `${at}/iterations`)
      return json.iterations.map((one: OldIteration) => ({
        ...{ fingerprint: one.fingerprint, id: one.id, number: one.incremental_version },
        status: one.status.replace('ITERATION_', '').replace('UNSET', 'INCOMPLETE'),
        builds: one.build_statuses,
      }))
    },
    channels: async () => {
      const { json } = await send('GET', `${at}/channels`)
      const pairs = json.channels.map((one: OldChannel) => [one.slug, one.iteration?.fingerprint])
      return Object.fromEntries(pairs)
    },
  }
}

interface Build {
  readonly id: string
  readonly component_type: string
  readonly status: string
}
interface NewVersion {
  readonly id: string
  readonly fingerprint: string
  readonly name: string
  readonly status: string
  readonly builds: readonly Build[]
}
interface NewChannel {
  readonly name: string
  readonly version?: NewVersion
}
interface OldIteration {
  readonly id: string
  readonly fingerprint: string
  readonly incremental_version: number
  readonly status: string
  readonly build_statuses: Readonly<Record<string, string>>
}
interface OldChannel {
  readonly slug: string
  readonly iteration?: OldIteration
}

function named(builds: readonly Build[] | undefined, component: string): Build | undefined {
  return builds?.find((build) => build.component_type === component)
}

function statesOf(builds: readonly Build[], prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(builds.map((build) => [build.component_type, build.status.replace(prefix, '')]))
}
