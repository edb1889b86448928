import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { type NamedSbom, sbomsOf } from '../../named/sbom.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom list`. */
export function listSboms(sbom: Command): void {
  sbom
    .command('list <bucket> <version>')
    .description('List the bills of materials of a version')
    .addHelpText(
      'after',
      '\nVERSION is a number, as v12, or a fingerprint.\n\nExample:\n  ingot sbom list base-ubuntu v12',
    )
    .action(async (bucket: string, word: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => sbomsOf(client, bucket, word))
      const listed = found.map(({ component, sbom: one }) => ({ component_type: component, ...one }))
      settings.print.result(listed, () => listText(found, `${bucket} ${word}`))
    })
}

function listText(found: readonly NamedSbom[], version: string): string {
  if (found.length === 0)
    return `${version} has no bills of materials.\n\nTo attach one:  ingot sbom upload FILE ${version}`
  const rows = found.map(({ component, sbom }) => [
    component,
    sbom.name,
    `${sbom.format} ${sbom.format_version}`,
    String(sbom.package_count),
    sbom.late ? 'late' : '',
    sbom.author,
    when(sbom.created_at),
  ])
  return table(['BUILD', 'NAME', 'FORMAT', 'PACKAGES', '', 'BY', 'AT'], rows)
}
