import type { PackageSearch } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { exitCode } from '../../exit-code.ts'
import { table } from '../../output/table.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot sbom search`. */
export function searchPackages(sbom: Command): void {
  sbom
    .command('search <package> [range]')
    .description('Find which versions of all buckets have a package')
    .addHelpText(
      'after',
      `
RANGE compares versions as the package's ecosystem does; sets of comparisons are joined by ||.

Examples:
  ingot sbom search openssl "<3.0.11-1~deb12u2"
  ingot sbom search log4j-core ">=2.0 <2.17.1"`,
    )
    .action(async (name: string, range: string | undefined, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.packages.search(name, range))
      settings.print.result(found, () => searchText(found))
      if (found.packages.length === 0) process.exitCode = exitCode.notFound
    })
}

function searchText({ packages, whole }: PackageSearch): string {
  if (packages.length === 0) return 'No bill of materials names such a package.'
  const rows = packages.map((one) => [
    one.bucket_name,
    versionWord({ name: one.version_name, fingerprint: one.version_fingerprint }),
    one.component_type,
    one.version,
    one.revoked ? 'revoked' : '',
    one.channels.join(', '),
  ])
  const list = table(['BUCKET', 'VERSION', 'BUILD', 'PACKAGE VERSION', '', 'CHANNELS'], rows)
  return whole ? list : `${list}\n\nThere are more; narrow the range.`
}
