import type { AdvisoryStatus } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot advisories status`. */
export function advisoryStatus(advisories: Command): void {
  advisories
    .command('status')
    .description('Tell how many advisories there are of each ecosystem, and when they were imported')
    .addHelpText('after', '\nExample:\n  ingot advisories status')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const status = await withClient(settings, (client) => client.advisories.status())
      settings.print.result(status, () => statusText(status))
    })
}

function statusText({ last_imported_at: last, advisory_count: count, ecosystems }: AdvisoryStatus): string {
  if (last === null)
    return 'No advisories were imported: nothing is assessed.\n\nTo import an OSV export:  ingot advisories import FILE'
  const rows = ecosystems.map((one) => [
    one.ecosystem,
    String(one.advisory_count),
    String(one.withdrawn_count),
    when(one.last_imported_at),
  ])
  const list = table(['ECOSYSTEM', 'ADVISORIES', 'WITHDRAWN', 'IMPORTED'], rows)
  return `${list}\n\n${count} advisories in all, the last imported ${when(last)}.`
}
