import type { Client } from '@ingot/client'
import { artifactsOf, type PublishedArtifact } from './artifact-choice.ts'
import { chooseVersion, type VersionWish } from './version-choice.ts'

/** A version that images may be built from: a build whose source image is one of `artifacts` becomes its child. */
export interface ResolvedParent {
  readonly bucket: string
  readonly versionId: string
  readonly versionName: string
  readonly fingerprint: string
  /** Only when it was found through a channel. */
  readonly channelId?: string
  readonly channel?: string
  readonly artifacts: readonly PublishedArtifact[]
}

/**
 * Looks up a parent for a build plan; choose the source image from its artifacts with `chooseArtifact`.
 *
 * @throws EngineError `channel.empty`, `version.absent`, `version.revoked`; ClientError for everything the registry refuses
 */
export async function resolveParent(
  client: Client,
  { bucket, ...wish }: VersionWish & { readonly bucket: string },
): Promise<ResolvedParent> {
  const { version, channel } = await chooseVersion(client, bucket, wish)
  return {
    bucket,
    versionId: version.id,
    versionName: version.name,
    fingerprint: version.fingerprint,
    ...(channel ? { channelId: channel.id, channel: channel.name } : {}),
    artifacts: artifactsOf(version),
  }
}
