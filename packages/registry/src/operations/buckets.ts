import { bucketResource, mayAct, roleAt } from '../domain/access.ts'
import type { BucketAddress, ProjectAddress } from '../domain/address.ts'
import { type Bucket, checkBucket, checkWords, reword } from '../domain/bucket.ts'
import { latest, registryAuthor } from '../domain/channel.ts'
import { type List, makePage, type Page, readPaging, type SortedPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import type { BucketChange, NewBucket } from '../inputs.ts'
import type { BucketColumn } from '../store/rows/bucket-rows.ts'
import type { BucketView, NewestView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import { enter, findBucket } from './find.ts'
import { showBucket, showVersion } from './show.ts'

const buckets: List<BucketColumn> = {
  name: 'buckets',
  columns: { name: 'name', created_at: 'createdAt', updated_at: 'updatedAt' },
  types: { name: 'string', createdAt: 'number', updatedAt: 'number' },
  order: [{ column: 'name', descending: false }],
}

export async function createBucket(stage: Stage, at: ProjectAddress, input: NewBucket): Promise<BucketView> {
  const { rows, now, ids } = stage
  const { name, description = '', labels = {} } = input
  const exists = (await rows.buckets.find(at.projectId, name)) !== undefined
  // Old packers ask to create in every run: who may use this one bucket reads that it is there.
  if (!(exists && stage.caller.grants.has(bucketResource({ ...at, bucket: name }))))
    obey(mayAct(stage.caller, { action: 'bucket.create', at }, 'contributor'))
  obey(checkBucket(name, input))
  await enter(stage, at)
  if (exists) throw new Refusal('bucket.exists', { bucket: name })
  const dates = { createdAt: now, updatedAt: now }
  const bucket: Bucket = {
    ...{ id: ids.ulid(now), projectId: at.projectId, name, description, labels, versionCount: 0 },
    ...dates,
  }
  await rows.buckets.add(bucket)
  await rows.channels.add({
    ...{ id: ids.ulid(now), bucketId: bucket.id, name: latest, author: registryAuthor },
    ...{ managed: true, restricted: true, versionId: null, ...dates },
  })
  stage.note({ after: { name, description, labels } })
  return showBucket(stage, at, bucket)
}

export async function getBucket(scene: Scene, at: BucketAddress): Promise<BucketView> {
  return showBucket(scene, at, await findBucket(scene, at))
}

export async function listBuckets(
  scene: Scene,
  at: ProjectAddress,
  paging: SortedPaging,
): Promise<Page<BucketView>> {
  const window = granted(readPaging(buckets, paging))
  await enter(scene, at)
  const found = roleAt(scene.caller, at)
    ? await scene.rows.buckets.list(at.projectId, window)
    : await scene.rows.buckets.listOf(at.projectId, scene.caller.principalId, window)
  const page = makePage(window, found, (bucket, column) => bucket[column])
  const items: BucketView[] = []
  for (const bucket of page.items) items.push(await showBucket(scene, at, bucket))
  return { ...page, items }
}

/** The newest versions of buckets; of a bucket without versions there is nothing. */
export async function findNewest(
  scene: Scene,
  at: ProjectAddress,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NewestView>> {
  const { versions } = scene.rows
  const found = new Map<string, NewestView>()
  for (const id of ids) {
    const newest = await versions.newest(id)
    if (newest)
      found.set(id, {
        version: await showVersion(scene, at, newest),
        highestNumber: await versions.highestNumber(id),
      })
  }
  return found
}

export async function updateBucket(
  stage: Stage,
  at: BucketAddress,
  change: BucketChange,
): Promise<BucketView> {
  obey(checkWords(change))
  const before = await findBucket(stage, at)
  const after = reword(before, change, stage.caller.sourceChannel ?? '', stage.now)
  if (after !== before) {
    await stage.rows.buckets.update(after)
    const words = ({ description, labels }: Bucket) => ({ description, labels })
    stage.note({ before: words(before), after: words(after) })
  }
  return showBucket(stage, at, after)
}

export async function deleteBucket(stage: Stage, at: BucketAddress): Promise<void> {
  const { id, name, description, labels } = await findBucket(stage, at)
  await stage.rows.buckets.remove(id)
  await stage.rows.bindings.remove(bucketResource(at))
  stage.rightsChanged()
  stage.note({ before: { id, name, description, labels } })
}
