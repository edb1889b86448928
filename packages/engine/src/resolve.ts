import type { Client } from '@ingot/client'
import { type ArtifactWish, artifactsOf, chooseArtifact, type PublishedArtifact } from './artifact-choice.ts'
import { chooseVersion, type VersionWish } from './version-choice.ts'

/** The artifact that was asked for, and where it comes from. */
export interface ResolvedArtifact extends PublishedArtifact {
  readonly bucket: string
  readonly version: string
  readonly fingerprint: string
  readonly channel?: string
}

/**
 * The one image of a bucket that is wished for, from the channel `latest` unless a channel or version is named.
 *
 * @throws ArtifactChoiceError with the candidates when none or several match; EngineError `channel.empty`,
 *   `version.absent`, `version.revoked`; ClientError for everything the registry refuses
 */
export async function resolve(
  client: Client,
  bucket: string,
  wish: VersionWish & ArtifactWish = {},
): Promise<ResolvedArtifact> {
  const { version, channel } = await chooseVersion(client, bucket, wish)
  const { platform, region, component, labels } = wish
  const wished = {
    ...(platform === undefined ? {} : { platform }),
    ...(region === undefined ? {} : { region }),
    ...(component === undefined ? {} : { component }),
    ...(labels === undefined ? {} : { labels }),
  }
  return {
    ...chooseArtifact(artifactsOf(version), wished),
    bucket,
    version: version.name,
    fingerprint: version.fingerprint,
    ...(channel ? { channel: channel.name } : {}),
  }
}
