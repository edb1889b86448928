import { roleAt } from '../domain/access.ts'
import type { BucketAddress } from '../domain/address.ts'
import { type Candidate, candidatesOf, candidateText, fitting } from '../domain/artifact-choice.ts'
import type { Bucket } from '../domain/bucket.ts'
import type { Role } from '../domain/caller.ts'
import { latest, maySee } from '../domain/channel.ts'
import { candidatesShown } from '../domain/limits.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import { isRevoked, type VersionStanding } from '../domain/version.ts'
import type { ArtifactQuery } from '../inputs.ts'
import type { ResolvedView } from '../views.ts'
import type { Scene } from './desk.ts'
import { channelIn, findBucket, versionCalled } from './find.ts'
import { showVersion } from './show.ts'

/** The one image that fits. */
export async function resolveArtifact(
  scene: Scene,
  at: BucketAddress,
  query: ArtifactQuery,
): Promise<ResolvedView> {
  const bucket = await findBucket(scene, at)
  const { version, channel } = await chosenVersion(scene, bucket, {
    ...query,
    role: roleAt(scene.caller, at),
  })
  if (isRevoked(version, scene.now)) throw revoked(bucket, version)
  const view = await showVersion(scene, at, version)
  const artifact = onlyOne(candidatesOf(view.builds), query, { bucket: bucket.name, version: view.name })
  return { artifact, version: view, channel }
}

async function chosenVersion(
  scene: Scene,
  bucket: Bucket,
  { version, channel: name = latest, role }: ArtifactQuery & { readonly role: Role | undefined },
) {
  if (version !== undefined)
    return { version: await versionCalled(scene, bucket, version), channel: { id: '', name: '' } }
  const channel = await channelIn(scene, bucket, name)
  obey(maySee(role, channel, bucket.name))
  const assigned =
    channel.versionId === null
      ? undefined
      : await scene.rows.versions.byId(bucket.projectId, channel.versionId)
  if (!assigned) throw new Refusal('channel.unassigned', { channel: name, bucket: bucket.name })
  return { version: assigned, channel }
}

function revoked(bucket: Bucket, { number, fingerprint, revocation }: VersionStanding): Refusal {
  const version = number > 0 ? `v${number}` : fingerprint
  return new Refusal('version.revoked', { bucket: bucket.name, version, reason: revocation?.message ?? '' })
}

function onlyOne(
  all: readonly Candidate[],
  query: ArtifactQuery,
  of: { readonly bucket: string; readonly version: string },
): Candidate {
  const [only, ...more] = fitting(all, query)
  if (only && more.length === 0) return only
  if (only) throw new Refusal('artifact.ambiguous', { ...of, ...choice([only, ...more]) })
  throw new Refusal('artifact.absent', { ...of, ...choice(all) })
}

function choice(candidates: readonly Candidate[]) {
  const known = candidates.slice(0, 3).map(candidateText)
  const shown = candidates
    .slice(0, candidatesShown)
    .map(({ externalIdentifier, componentType, ...each }) => ({
      external_identifier: externalIdentifier,
      component_type: componentType,
      ...{ platform: each.platform, region: each.region, labels: each.labels, build_id: each.buildId },
    }))
  return { known: candidates.length > known.length ? [...known, '…'] : known, candidates: shown }
}
