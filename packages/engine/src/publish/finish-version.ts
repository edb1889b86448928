import { type CallOptions, type Client, ClientError, GRPC, type VersionPlace } from '@ingot/client'
import { isRefused } from './bucket.ts'
import { isComplete } from './open-version.ts'

/** What became of a channel that was to get the version. */
export interface ChannelOutcome {
  readonly channel: string
  readonly status: 'assigned' | 'not-assigned'
  /** Why not; empty where it was assigned. */
  readonly reason: string
}

/** How a version stands at the end of a run. */
export interface VersionOutcome {
  readonly id: string
  /** `v0` while builds are missing. */
  readonly name: string
  readonly complete: boolean
  readonly channels: readonly ChannelOutcome[]
}

/**
 * Reads how the version stands now and, if it is complete, points the channels at it. A channel that cannot be assigned
 * does not make the version worse, so it is told and no error.
 *
 * @throws ClientError when the version cannot be read
 */
export async function finishVersion(
  client: Client,
  at: VersionPlace,
  { channels, ...options }: CallOptions & { readonly channels: readonly string[] },
): Promise<VersionOutcome> {
  const version = await client.versions.get(at.bucket, at.fingerprint, options)
  const complete = isComplete(version)
  const outcomes: ChannelOutcome[] = []
  for (const channel of channels) {
    outcomes.push(
      complete ? await assign(client, { ...at, channel }, options) : notAssigned(channel, incomplete),
    )
  }
  return { id: version.id, name: version.name, complete, channels: outcomes }
}

const incomplete = 'the version is not complete, and only complete versions can be assigned'

async function assign(
  client: Client,
  { bucket, fingerprint, channel }: VersionPlace & { readonly channel: string },
  options: CallOptions,
): Promise<ChannelOutcome> {
  try {
    await client.channels.assign({ bucket, channel }, fingerprint, { ...options, idempotent: true })
    return { channel, status: 'assigned', reason: '' }
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    const hint = isRefused(error, GRPC.notFound) ? ' Create the channel first.' : ''
    return notAssigned(channel, error.message + hint)
  }
}

function notAssigned(channel: string, reason: string): ChannelOutcome {
  return { channel, status: 'not-assigned', reason }
}
