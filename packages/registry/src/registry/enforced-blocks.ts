import type { BucketAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import * as buckets from '../operations/buckets.ts'
import type { Desk } from '../operations/desk.ts'

/** Blocks that builds of a bucket must run. */
export class EnforcedBlocks {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Answers the names of the blocks that builds of the bucket must run: none yet. */
  ofBucket(caller: Caller, at: BucketAddress): Promise<readonly never[]> {
    return this.#desk.look({ caller, action: 'enforced-block.list', at }, (scene) =>
      buckets.listEnforcedBlocks(scene, at),
    )
  }
}
