import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** Characters of a summary that a line shows. */
const summaryWidth = 60

/** `ingot advisories list`. */
export function listAdvisories(advisories: Command): void {
  advisories
    .command('list')
    .description('List advisories by their ids')
    .option('--ecosystem <name>', 'for example Debian:12, Alpine:v3.19, npm, PyPI')
    .option('--package <name>', 'that speak of a package, as its ecosystem calls it')
    .option('--prefix <text>', 'whose ids begin so, for example CVE-2024-')
    .addHelpText('after', '\nExample:\n  ingot advisories list --ecosystem Debian:12 --package openssl')
    .action(async (flags: Flags, at: Command) => {
      const settings = settingsOf(at)
      const { package: packageName, ...wish } = flags
      const found = await withClient(settings, (client) =>
        Array.fromAsync(client.advisories.list({ ...wish, ...(packageName ? { packageName } : {}) })),
      )
      settings.print.result(found, () => {
        if (found.length === 0) return 'No advisories fit.'
        const rows = found.map((one) => [
          one.identifier,
          one.criticality,
          one.published_at ? when(one.published_at) : '',
          one.withdrawn_at ? 'withdrawn' : '',
          one.summary.slice(0, summaryWidth).toWellFormed(),
        ])
        return table(['ADVISORY', 'CRITICALITY', 'PUBLISHED', '', 'SUMMARY'], rows)
      })
    })
}

interface Flags {
  readonly ecosystem?: string
  readonly package?: string
  readonly prefix?: string
}
