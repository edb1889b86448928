import { hitBy } from '../domain/affected.ts'
import { orderOf } from '../domain/ecosystem.ts'
import type { AffectedPackage } from '../domain/osv.ts'
import type { Instant } from '../domain/time.ts'
import type { Candidate } from '../store/rows/finding-rows.ts'
import type { Rows } from '../store/rows/rows.ts'
import type { Desk } from './desk.ts'

/** What one transaction looks at: it holds up all other writes, and whoever this process answers. */
const packagesAtOnce = 500
const comparisonsAtOnce = 1000

/** Holds packages that came anew against all advisories. Also takes up what a process that ended early left. */
export async function assessWaiting({ store, clock }: Desk): Promise<void> {
  while (await store.write(({ rows }) => assessSome(rows, clock.now())));
}

/** A part of that; tells whether more may wait. */
export async function assessSome({ findings }: Rows, now: Instant): Promise<boolean> {
  const after = await findings.assessedUpTo()
  const waiting = await findings.waiting(after, packagesAtOnce)
  let upTo = after
  let comparisons = 0
  for (const { packageId, candidates } of waiting) {
    comparisons += candidates
    if (comparisons > comparisonsAtOnce && upTo > after) break
    upTo = packageId
  }
  const all = waiting.length < packagesAtOnce && upTo === (waiting.at(-1)?.packageId ?? after)
  for (const one of comparisons > 0 ? await findings.candidates(after, upTo) : [])
    await findHit({ findings }, one, now)
  await findings.markAssessed(all ? await findings.lastPackage() : upTo)
  return !all
}

/** Holds an advisory that is new, or has changed, against all packages. What was found before stays found since then. */
export async function assessAdvisory(rows: Rows, advisoryKey: number, facts: Assessment): Promise<void> {
  for (const { name, stream, versions } of facts.affected)
    for (const subject of await rows.findings.called(name, stream)) {
      const foundAt = facts.found.get(subject.packageId) ?? facts.now
      await findHit(rows, { ...subject, advisoryKey, versions }, foundAt)
    }
}

interface Assessment {
  readonly affected: readonly AffectedPackage[]
  /** When packages were found to be meant by what was here before. */
  readonly found: ReadonlyMap<number, Instant>
  readonly now: Instant
}

async function findHit(
  { findings }: Pick<Rows, 'findings'>,
  { packageId, advisoryKey, version, stream, versions }: Candidate,
  foundAt: Instant,
): Promise<void> {
  const hit = hitBy(version, versions, orderOf(stream))
  if (hit) await findings.add({ packageId, advisoryKey, ...hit, foundAt })
}
