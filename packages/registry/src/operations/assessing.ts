import { hitBy } from '../domain/affected.ts'
import { familyOf, orderOf } from '../domain/ecosystem.ts'
import type { AffectedPackage } from '../domain/osv.ts'
import type { Instant } from '../domain/time.ts'
import type { SubjectRow } from '../store/rows/finding-rows.ts'
import type { Rows } from '../store/rows/rows.ts'
import type { Desk } from './desk.ts'

/** What one transaction looks at: it holds up all other writes, and whoever this process answers. */
const subjectsAtOnce = 500
const comparisonsAtOnce = 1000

/** Holds packages that came anew against all advisories. Also takes up what a process that ended early left. */
export async function assessWaiting({ store, clock }: Desk): Promise<void> {
  for (let more = true; more; )
    more = await store.write(async ({ rows }) => {
      const waiting = await rows.findings.waiting(subjectsAtOnce)
      let comparisons = 0
      for (const subject of waiting) {
        comparisons += await assess(rows, subject, clock.now())
        if (comparisons > comparisonsAtOnce) return true
      }
      return waiting.length === subjectsAtOnce
    })
}

async function assess(rows: Rows, subject: SubjectRow, now: Instant): Promise<number> {
  const candidates = await rows.advisories.naming(subject)
  for (const one of candidates) await findHit(rows, { ...one, subject, foundAt: now })
  await rows.findings.markAssessed(subject)
  return candidates.length
}

/** Holds an advisory that is new, or has changed, against all packages. What was found before stays found since then. */
export async function assessAdvisory(rows: Rows, advisoryKey: number, facts: Assessment): Promise<void> {
  for (const one of facts.affected)
    for (const subject of await rows.findings.called(one.name, one.stream)) {
      const foundAt = facts.found.get(subject.packageId) ?? facts.now
      await findHit(rows, { ...one, advisoryKey, subject, foundAt })
    }
}

interface Assessment {
  readonly affected: readonly AffectedPackage[]
  /** When packages were found to be meant by what was here before. */
  readonly found: ReadonlyMap<number, Instant>
  readonly now: Instant
}

interface Candidate extends AffectedPackage {
  readonly advisoryKey: number
  readonly subject: SubjectRow
  readonly foundAt: Instant
}

async function findHit(rows: Rows, candidate: Candidate): Promise<void> {
  const { subject, versions, advisoryKey, foundAt } = candidate
  const hit = hitBy(subject.version, versions, orderOf(familyOf(subject.stream)))
  if (hit) await rows.findings.add({ packageId: subject.packageId, advisoryKey, ...hit, foundAt })
}
