import { roleAt } from '../domain/access.ts'
import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from '../domain/address.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Scene } from './desk.ts'
import { enter, explainBucket, findBucket } from './find.ts'

/** Where a bucket is: the one of that name, or else of that identifier. */
export async function locateBucket(scene: Scene, at: BucketAddress, id: string): Promise<BucketAddress> {
  const { buckets } = scene.rows
  const bucket = (await buckets.find(at.projectId, at.bucket)) ?? (await buckets.byId(at.projectId, id))
  if (!bucket || roleAt(scene.caller, { ...at, bucket: bucket.name }) === undefined)
    return explainBucket(scene, at)
  return { ...at, bucket: bucket.name }
}

/** Where a channel is: the one of that name, or else of that identifier. */
export async function locateChannel(scene: Scene, at: ChannelAddress): Promise<ChannelAddress> {
  const { rows } = scene
  const { channel: word } = at
  const { id } = await findBucket(scene, at)
  const channel = (await rows.channels.find(id, word)) ?? (await rows.channels.byId(id, word))
  if (!channel) throw new Refusal('channel.absent', { channel: word })
  return { ...at, channel: channel.name }
}

/** Where the version of an identifier is: in the bucket that is said, or else in any. */
export async function locateVersion(
  scene: Scene,
  { bucket, ...project }: ProjectAddress & { readonly bucket?: string },
  id: string,
): Promise<VersionAddress> {
  if (bucket === undefined) await enter(scene, project)
  else await findBucket(scene, { ...project, bucket })
  const version = await scene.rows.versions.byId(project.projectId, id)
  const open = version && roleAt(scene.caller, { ...project, bucket: version.bucketName })
  if (!open || (bucket !== undefined && version.bucketName !== bucket))
    throw new Refusal('version.absent', { fingerprint: id })
  return { ...project, bucket: version.bucketName, fingerprint: version.fingerprint }
}

/** Where the build of an identifier is. */
export async function locateBuild(scene: Scene, at: ProjectAddress, id: string): Promise<BuildAddress> {
  await enter(scene, at)
  const place = await scene.rows.builds.place(at.projectId, id)
  if (!place || roleAt(scene.caller, { ...at, ...place }) === undefined)
    throw new Refusal('build.absent', { build: id })
  return { ...at, ...place, buildId: id }
}
