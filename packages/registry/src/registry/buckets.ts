import type { BucketAddress, ProjectAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page, SortedPaging } from '../domain/page.ts'
import type { BucketChange, NewBucket, StaleQuery } from '../inputs.ts'
import * as buckets from '../operations/buckets.ts'
import type { Desk } from '../operations/desk.ts'
import { listStale } from '../operations/stale.ts'
import type { BucketView, NewestView, StaleView } from '../views.ts'

/** Buckets: what the versions of one image are kept in. */
export class Buckets {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  create(caller: Caller, at: ProjectAddress, bucket: NewBucket): Promise<BucketView> {
    const place = { ...at, bucket: bucket.name }
    const request = { caller, action: 'bucket.create', at: place, reach: 'any', needs: 'viewer' } as const
    return this.#desk.change(request, (stage) => buckets.createBucket(stage, at, bucket))
  }
  get(caller: Caller, at: BucketAddress): Promise<BucketView> {
    return this.#desk.look({ caller, action: 'bucket.read', at }, (scene) => buckets.getBucket(scene, at))
  }
  list(caller: Caller, at: ProjectAddress, paging: SortedPaging): Promise<Page<BucketView>> {
    return this.#desk.look({ caller, action: 'bucket.list', at, reach: 'any' }, (scene) =>
      buckets.listBuckets(scene, at, paging),
    )
  }
  /** The newest versions of buckets of a project, by the identifier of the bucket. */
  newest(
    caller: Caller,
    at: ProjectAddress,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, NewestView>> {
    return this.#desk.look({ caller, action: 'bucket.read', at, reach: 'any' }, (scene) =>
      buckets.findNewest(scene, at, ids),
    )
  }
  /** What has been left behind in a project: buckets and their channels. */
  stale(caller: Caller, at: ProjectAddress, query: StaleQuery): Promise<StaleView> {
    return this.#desk.look({ caller, action: 'bucket.stale', at }, (scene) => listStale(scene, at, query))
  }
  update(caller: Caller, at: BucketAddress, change: BucketChange): Promise<BucketView> {
    return this.#desk.change({ caller, action: 'bucket.update', at }, (stage) =>
      buckets.updateBucket(stage, at, change),
    )
  }
  delete(caller: Caller, at: BucketAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'bucket.delete', at }, (stage) =>
      buckets.deleteBucket(stage, at),
    )
  }
}
