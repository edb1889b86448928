import type { AdvisoryDetails } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { fields } from '../../output/fields.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot advisories show`. */
export function showAdvisory(advisories: Command): void {
  advisories
    .command('show <id>')
    .description('Show an advisory and the versions that it means')
    .addHelpText('after', '\nExample:\n  ingot advisories show CVE-2024-3094')
    .action(async (id: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.advisories.get(id))
      settings.print.result(found, () => advisoryText(found))
    })
}

function advisoryText(found: AdvisoryDetails): string {
  const facts = fields({
    Advisory: found.identifier,
    'Also called': found.refers_to.join(', '),
    Related: found.related.join(', '),
    Criticality: found.criticality,
    Severity: found.severity,
    Summary: found.summary,
    Published: found.published_at ? when(found.published_at) : '',
    Modified: when(found.modified_at),
    Withdrawn: found.withdrawn_at ? when(found.withdrawn_at) : '',
  })
  const rows = found.affected.map(({ ecosystem, name, ranges, versions }) => [
    ecosystem,
    name,
    ranges.map((events) => events.join(', ')).join('; ') || `${versions.length} named versions`,
  ])
  const means = table(['ECOSYSTEM', 'PACKAGE', 'VERSIONS'], rows)
  return [facts, means, found.details].filter((part) => part !== '').join('\n\n')
}
