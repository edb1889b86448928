import type { BucketVulnerability } from '@ingot/client'
import { type Command, Option } from 'commander'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot advisories affecting`. */
export function advisoriesOf(advisories: Command): void {
  advisories
    .command('affecting <bucket>')
    .description("List the advisories that mean packages on a bucket's channels, the worst first")
    .addOption(
      new Option('--criticality <words...>', 'only these').choices([
        'Critical',
        'High',
        'Medium',
        'Low',
        'Unknown',
      ]),
    )
    .addHelpText('after', '\nExample:\n  ingot advisories affecting base-ubuntu --criticality Critical High')
    .action(async (bucket: string, flags: { readonly criticality?: readonly string[] }, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) =>
        Array.fromAsync(client.advisories.ofBucket(bucket, flags)),
      )
      settings.print.result(found, () => affectingText(bucket, found))
    })
}

function affectingText(bucket: string, found: readonly BucketVulnerability[]): string {
  if (found.length === 0)
    return `Of the advisories that were imported, none that fits means a package on the channels of ${bucket}. What was imported:  ingot advisories status`
  const rows = found.map(({ vulnerability, impacted_channels: channels, impacted_packages: packages }) => [
    vulnerability.identifier,
    vulnerability.criticality,
    [...new Set(packages.map(({ name, version }) => `${name} ${version}`))].slice(0, 3).join(', '),
    vulnerability.fixed_version || 'none yet',
    channels.map(({ name }) => name).join(', '),
  ])
  return table(['ADVISORY', 'CRITICALITY', 'PACKAGES', 'FIXED IN', 'CHANNELS'], rows)
}
