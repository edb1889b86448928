import type { PackageComparison } from '@ingot/client'
import type { Command } from 'commander'
import pc from 'picocolors'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom diff`. */
export function diffPackages(sbom: Command): void {
  sbom
    .command('diff <bucket> <from> <to>')
    .description('Show which packages came, went and changed between two versions')
    .addHelpText(
      'after',
      '\nFROM and TO are numbers, as v12, or fingerprints.\n\nExample:\n  ingot sbom diff base-ubuntu v12 v13',
    )
    .action(async (bucket: string, from: string, to: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.packages.compare(bucket, { from, to }))
      settings.print.result(found, () =>
        found.components.map((one) => componentText(found, one)).join('\n\n'),
      )
    })
}

type Component = PackageComparison['components'][number]

function componentText({ from, to }: PackageComparison, component: Component): string {
  const { component_type: name, described, added, removed, changed } = component
  const heading = `${pc.bold(name)}: ${component.added_count} added, ${component.removed_count} removed, ${component.changed_count} changed`
  const only = {
    BOTH: '',
    BEFORE: ` (only ${versionWord(from)} has a bill of materials)`,
    AFTER: ` (only ${versionWord(to)} has a bill of materials)`,
  }[described]
  const rows = [
    ...added.map((one) => ['+', one.name, '', one.after.join(', ')]),
    ...removed.map((one) => ['-', one.name, one.before.join(', '), '']),
    ...changed.map((one) => ['~', one.name, one.before.join(', '), one.after.join(', ')]),
  ]
  const text = `${heading}${only}`
  if (rows.length === 0) return text
  return `${text}\n${table(['', 'PACKAGE', versionWord(from).toUpperCase(), versionWord(to).toUpperCase()], rows)}`
}
