import { roleAt } from '../domain/access.ts'
import type { BucketAddress } from '../domain/address.ts'
import { includes } from '../domain/caller.ts'
import { lookupRows } from '../domain/limits.ts'
import { versionName } from '../domain/version.ts'
import type { ConsumerView } from '../views.ts'
import type { Desk, Scene } from './desk.ts'
import { findBucket, versionCalled } from './find.ts'
import type { ReadCounter } from './read-counter.ts'

/** Rows that one transaction writes at most: it holds up all other writes. */
const writtenAtOnce = 500

/** Writes down what was counted. What cannot be written now is kept for the next time. */
export async function writeReads({ store }: Desk, counter: ReadCounter): Promise<void> {
  const counts = [...counter.take()]
  try {
    while (counts.length > 0) {
      const some = counts.slice(0, writtenAtOnce)
      await store.write(async ({ rows }) => {
        for (const count of some) await rows.consumers.add(count)
      })
      counts.splice(0, some.length)
    }
  } catch (error) {
    counter.putBack(counts)
    throw error
  }
}

/** Who read versions of a bucket, or one of them; the latest first. Channels that the caller may not see are not named. */
export async function listConsumers(
  scene: Scene,
  at: BucketAddress,
  word: string | undefined,
): Promise<{ readonly consumers: readonly ConsumerView[]; readonly whole: boolean }> {
  const bucket = await findBucket(scene, at)
  const version = word === undefined ? '' : (await versionCalled(scene, bucket, word)).id
  const found = await scene.rows.consumers.ofBucket(bucket.id, { version, limit: lookupRows + 1 })
  const seesAll = includes(roleAt(scene.caller, at), 'contributor')
  const consumers = found
    .slice(0, lookupRows)
    .filter((row) => seesAll || row.restricted !== 1)
    .map(({ number, channelId: _, restricted: __, channelName, ...row }) => ({
      ...{ ...row, versionName: versionName(number), channelName: channelName ?? '' },
    }))
  return { consumers, whole: found.length <= lookupRows }
}
