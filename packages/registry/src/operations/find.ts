import type { RefusalCode } from '@ingot/registry-api'
import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from '../domain/address.ts'
import type { Bucket } from '../domain/bucket.ts'
import type { Build } from '../domain/build.ts'
import type { Channel } from '../domain/channel.ts'
import { Refusal } from '../domain/refusal.ts'
import type { ProjectRegistry } from '../domain/tenant.ts'
import { type VersionKey, type VersionStanding, versionName } from '../domain/version.ts'
import type { VersionWords } from '../domain/version-words.ts'
import type { Scene } from './desk.ts'

/** The registry of a project, whether active or not. */
export async function findRegistry({ rows }: Scene, at: ProjectAddress): Promise<ProjectRegistry> {
  const { organizationId, projectId } = at
  const registry = await rows.tenants.registry(organizationId, projectId)
  if (registry) return registry
  const project = await rows.tenants.project(projectId)
  if (project?.organizationId !== organizationId) throw new Refusal('project.absent', { project: projectId })
  throw new Refusal('registry.absent', { project: projectId })
}

/** Refuses when the project's registry is not there, or deactivated. */
export async function enter(scene: Scene, at: ProjectAddress): Promise<void> {
  const { activated } = await findRegistry(scene, at)
  if (!activated) throw new Refusal('registry.inactive', { project: at.projectId })
}

export async function findBucket(scene: Scene, at: BucketAddress): Promise<Bucket> {
  return (await scene.rows.buckets.at(at)) ?? explainBucket(scene, at)
}

/** Says why there is no bucket at an address. */
export async function explainBucket(scene: Scene, at: BucketAddress): Promise<never> {
  await enter(scene, at)
  throw new Refusal('bucket.absent', { bucket: at.bucket })
}

/** What a missing version is called depends on the call: packer makes one after `version.unknown` only. */
type Missing = Extract<RefusalCode, 'version.unknown' | 'version.absent' | 'channel.version-absent'>

export async function findVersion(
  scene: Scene,
  at: VersionAddress,
  missing: Missing,
): Promise<VersionStanding> {
  const version = await scene.rows.versions.at(at)
  return version ?? versionIn(scene, await findBucket(scene, at), at.fingerprint, missing)
}

export async function versionIn(
  { rows }: Scene,
  bucket: Bucket,
  fingerprint: string,
  missing: Missing,
): Promise<VersionStanding> {
  const version = await rows.versions.find(bucket.id, fingerprint)
  if (!version) throw new Refusal(missing, { fingerprint })
  return version
}

/** The version that words name, all the same one; what is missing by its fingerprint is called as the call calls it. */
export async function versionNamed(
  scene: Scene,
  bucket: Bucket,
  words: VersionWords,
  missing: Missing,
): Promise<VersionStanding> {
  const { versionFingerprint, versionId, versionNumber } = words
  const { rows } = scene
  const found: VersionStanding[] = []
  if (versionFingerprint) found.push(await versionIn(scene, bucket, versionFingerprint, missing))
  if (versionId) {
    const version = await rows.versions.byId(bucket.projectId, versionId)
    found.push(within(bucket, version, versionId))
  }
  if (versionNumber) {
    const version = await rows.versions.byNumber(bucket.id, versionNumber)
    found.push(within(bucket, version, versionName(versionNumber)))
  }
  const [first] = found
  if (!first) throw new Refusal('version.unnamed', {})
  if (found.some(({ id }) => id !== first.id)) throw new Refusal('version.names-differ', {})
  return first
}

/** The version that a person means: by its number, as `v3`, or by its fingerprint. */
export async function versionCalled(scene: Scene, bucket: Bucket, word: string): Promise<VersionStanding> {
  const number = /^v([1-9]\d{0,8})$/.exec(word)?.[1]
  const numbered = number && (await scene.rows.versions.byNumber(bucket.id, Number(number)))
  return numbered || versionIn(scene, bucket, word, 'version.absent')
}

function within(bucket: Bucket, version: VersionStanding | undefined, name: string): VersionStanding {
  if (version?.bucketId === bucket.id) return version
  throw new Refusal('version.absent', { fingerprint: name })
}

export async function findBuild(
  scene: Scene,
  at: BuildAddress,
): Promise<{ readonly version: VersionKey; readonly build: Build }> {
  return (await scene.rows.builds.at(at)) ?? explainBuild(scene, at)
}

/** Says why there is no build at an address. */
async function explainBuild(scene: Scene, at: BuildAddress): Promise<never> {
  await findVersion(scene, at, 'version.absent')
  throw new Refusal('build.absent', { build: at.buildId })
}

export async function findChannel(
  scene: Scene,
  at: ChannelAddress,
): Promise<{ readonly bucket: Bucket; readonly channel: Channel }> {
  const bucket = await findBucket(scene, at)
  return { bucket, channel: await channelIn(scene, bucket, at.channel) }
}

export async function channelIn({ rows }: Scene, bucket: Bucket, name: string): Promise<Channel> {
  const channel = await rows.channels.find(bucket.id, name)
  if (!channel) throw new Refusal('channel.absent', { channel: name })
  return channel
}

/** Says why there is no channel at an address. */
export async function explainChannel(scene: Scene, at: ChannelAddress): Promise<never> {
  await findBucket(scene, at)
  throw new Refusal('channel.absent', { channel: at.channel })
}
