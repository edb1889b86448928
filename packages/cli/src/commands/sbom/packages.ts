import type { Client, Package } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { placeOf } from '../../named/sbom.ts'
import { versionCalled } from '../../named/version.ts'
import { table } from '../../output/table.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom packages`. */
export function listPackages(sbom: Command): void {
  sbom
    .command('packages <bucket> [version]')
    .description("List the packages of a version, or of the versions that the bucket's channels point at")
    .addHelpText(
      'after',
      `
ADVISORIES counts those that mean the package; "not assessed" where none of its ecosystem were imported.

Examples:
  ingot sbom packages base-ubuntu v12
  ingot sbom packages base-ubuntu`,
    )
    .action(async (bucket: string, word: string | undefined, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) =>
        word === undefined
          ? Array.fromAsync(client.packages.ofBucket(bucket))
          : ofVersion(client, bucket, word),
      )
      settings.print.result(found, () => packageText(found, word === undefined))
    })
}

async function ofVersion(client: Client, bucket: string, word: string): Promise<readonly Package[]> {
  const version = await versionCalled(client, bucket, word)
  const found: Package[] = []
  for (const build of version.builds)
    for await (const one of client.packages.ofBuild(placeOf(version, build))) found.push(one)
  return found
}

function packageText(found: readonly Package[], channels: boolean): string {
  if (found.length === 0) return 'No bill of materials names any packages here.'
  const rows = found.map((one) => [
    one.name,
    one.version,
    ...(channels ? [one.channel_name] : []),
    one.build_name,
    assessment(one),
  ])
  return table(['PACKAGE', 'VERSION', ...(channels ? ['CHANNEL'] : []), 'BUILD', 'ADVISORIES'], rows)
}

function assessment({ vuln_details: [details] = [] }: Package): string {
  if (!details?.last_scanned_at) return 'not assessed'
  return String(details.vulnerabilities.length)
}
