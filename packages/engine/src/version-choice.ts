import { type Client, ClientError, GRPC, type Version } from '@ingot/client'
import { EngineError } from './errors.ts'

/** A version and, when it was found through one, its channel. */
export interface ChosenVersion {
  readonly version: Version
  readonly channel?: { readonly id: string; readonly name: string }
}

/** Which version: the one on a channel (`latest` unless told), or a named one (`v3`, or a fingerprint). */
export interface VersionWish {
  readonly channel?: string
  readonly version?: string
}

/**
 * Reads a version that images may be taken from.
 *
 * @throws EngineError `channel.empty`, `version.absent`, `version.revoked`; ClientError for everything the registry refuses
 */
export async function chooseVersion(
  client: Client,
  bucket: string,
  wish: VersionWish,
): Promise<ChosenVersion> {
  if (wish.version !== undefined) return { version: usable(await namedVersion(client, bucket, wish.version)) }
  const name = wish.channel ?? 'latest'
  const channel = await client.channels.get(bucket, name)
  if (!channel.version) {
    throw new EngineError(
      'channel.empty',
      `The channel ${name} of bucket ${bucket} has no version. Assign one to it, or name a version.`,
    )
  }
  return { version: usable(channel.version), channel: { id: channel.id, name } }
}

/** Names such as `v3` are looked for in the list, which is how the registry tells them. */
async function namedVersion(client: Client, bucket: string, name: string): Promise<Version> {
  if (!/^v[1-9]\d*$/.test(name)) return versionByFingerprint(client, bucket, name)
  const names: string[] = []
  for await (const version of client.versions.list(bucket)) {
    if (version.name === name) return client.versions.get(bucket, version.fingerprint)
    names.push(version.name)
  }
  throw new EngineError(
    'version.absent',
    `The bucket ${bucket} has no version ${name}. ${availableText(names)}`,
  )
}

async function versionByFingerprint(client: Client, bucket: string, fingerprint: string): Promise<Version> {
  try {
    return await client.versions.get(bucket, fingerprint)
  } catch (error) {
    if (!(error instanceof ClientError) || !error.refusedWith(GRPC.aborted)) throw error
    throw new EngineError(
      'version.absent',
      `The bucket ${bucket} has no version with the fingerprint ${fingerprint}. Numbered versions are named v1, v2 and so on.`,
      { cause: error },
    )
  }
}

function availableText(names: readonly string[]): string {
  const complete = names.filter((name) => name !== 'v0')
  if (complete.length === 0) return 'None of its versions is complete.'
  const shown = complete.slice(0, 10).join(', ')
  return `It has ${shown}${complete.length > 10 ? ' and others' : ''}.`
}

function usable(version: Version): Version {
  if (version.status !== 'VERSION_REVOKED') return version
  const reason = version.revocation_message ? ` (${version.revocation_message})` : ''
  throw new EngineError(
    'version.revoked',
    `Version ${version.name} of bucket ${version.bucket_name} is revoked${reason}. Take another version or channel.`,
  )
}
