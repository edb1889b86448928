import { roleAt } from '../domain/access.ts'
import type { ProjectAddress } from '../domain/address.ts'
import { sees } from '../domain/channel.ts'
import { lookupRows } from '../domain/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import type { StaleQuery } from '../inputs.ts'
import type { StaleView } from '../views.ts'
import type { Scene } from './desk.ts'
import { enter } from './find.ts'

const day = 86_400_000
/** A hundred years of days, and more versions than any bucket has. */
const largest = 36_500

/** What has been left behind in a project. */
export async function listStale(scene: Scene, at: ProjectAddress, query: StaleQuery): Promise<StaleView> {
  for (const [field, value] of Object.entries(query))
    if (!Number.isInteger(value) || value < 1 || value > largest)
      throw new Refusal('name.malformed', {
        field,
        value: String(value),
        rule: `a whole number from 1 to ${largest}`,
      })
  await enter(scene, at)
  const { rows, now, caller } = scene
  const role = roleAt(caller, at)
  const reach = { project: at.projectId, limit: lookupRows + 1 }
  const found = {
    outdated: await rows.stale.outdated(reach),
    behind: await rows.stale.behind({ ...reach, behind: query.behind, now }),
    revoked: await rows.stale.revoked(reach),
    quiet: await rows.stale.quiet({ ...reach, before: now - query.days * day }),
  }
  const open = <Row extends { readonly restricted: boolean }>(list: readonly Row[]) =>
    list.slice(0, lookupRows).filter((channel) => sees(role, channel))
  return {
    outdated: found.outdated.slice(0, lookupRows),
    behind: open(found.behind),
    revoked: open(found.revoked).map((row) => ({ ...row, revoked: row.revokeAt <= now })),
    quiet: found.quiet.slice(0, lookupRows),
    whole: Object.values(found).every((list) => list.length <= lookupRows),
  }
}
