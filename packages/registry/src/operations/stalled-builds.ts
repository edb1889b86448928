import { eventOfRegistry } from '../audit/event.ts'
import { heartbeatSilence, isStalled } from '../domain/stalled.ts'
import type { Desk } from './desk.ts'

/** Builds that one transaction cancels at most: it holds up all other writes. */
const stalledAtOnce = 100

/**
 * Cancels builds that have been silent for too long, the longest silent first; answers how many. A late word of theirs, that
 * they run or that they are done, is still taken.
 */
export async function cancelStalled(desk: Desk): Promise<number> {
  let cancelled = 0
  for (;;) {
    const some = await cancelSome(desk)
    cancelled += some
    if (some < stalledAtOnce) return cancelled
  }
}

function cancelSome({ store, clock }: Desk): Promise<number> {
  const now = clock.now()
  return store.write(async ({ rows }) => {
    const silent = await rows.builds.silentSince(now - heartbeatSilence)
    const stalled = silent.filter((build) => isStalled(build, now)).slice(0, stalledAtOnce)
    for (const { id, versionId, status, heartbeatAt, at } of stalled) {
      await rows.builds.cancel(id, now)
      await rows.versions.touch(versionId, now)
      const change = { before: { status, heartbeatAt }, after: { status: 'cancelled' } }
      await rows.audit.add(eventOfRegistry({ action: 'build.expire', at, change }, now))
    }
    return stalled.length
  })
}
