import type { BucketAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import { listConsumers, writeReads } from '../operations/consumers.ts'
import type { Desk } from '../operations/desk.ts'
import { ReadCounter } from '../operations/read-counter.ts'
import type { ConsumerView } from '../views.ts'

/** Who reads which version. Planes count what they serve; the counts are written later, all at once. */
export class Consumers {
  readonly #desk: Desk
  readonly #counter = new ReadCounter()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Counts that a caller was served a version, through a channel or by its name. Nobody waits for it. */
  count(
    { principalId, principalName, sourceChannel }: Caller,
    versionId: string | undefined,
    channelId = '',
  ): void {
    if (versionId === undefined) return
    const client = sourceChannel === undefined ? {} : { sourceChannel }
    const read = { principalId, principalName, ...client, versionId, channelId }
    this.#counter.add(read, this.#desk.clock.now())
  }
  /** Writes what was counted since the last time. */
  write(): Promise<void> {
    return writeReads(this.#desk, this.#counter)
  }
  /** Of a bucket, or of its version that is called so; those counted until now included. */
  async list(
    caller: Caller,
    at: BucketAddress,
    version?: string,
  ): Promise<{ readonly consumers: readonly ConsumerView[]; readonly whole: boolean }> {
    await this.write()
    return this.#desk.look({ caller, action: 'consumer.list', at }, (scene) =>
      listConsumers(scene, at, version),
    )
  }
}
