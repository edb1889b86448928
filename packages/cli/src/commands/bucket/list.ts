import type { Bucket } from '@ingot/client'
import type { Command } from 'commander'
import { allOf } from '../../all-of.ts'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { statusWord, versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot bucket list`. */
export function listBuckets(bucket: Command): void {
  bucket
    .command('list')
    .description('List the buckets, each with its latest version and how far it is behind its parents')
    .addHelpText('after', '\nExample:\n  ingot bucket list')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => allOf(client.buckets.list()))
      settings.print.result(found, () => bucketTable(found))
    })
}

function bucketTable(found: readonly Bucket[]): string {
  if (found.length === 0) return 'There are no buckets yet. packer makes them, or:  ingot bucket create NAME'
  const rows = found.map((each) => [
    each.name,
    each.latest_version ? versionWord(each.latest_version) : '',
    each.version_count,
    each.platforms.join(', '),
    each.parents ? statusWord(each.parents.status) : '',
    when(each.updated_at),
  ])
  return table(['BUCKET', 'LATEST', 'VERSIONS', 'PLATFORMS', 'PARENTS', 'UPDATED'], rows)
}
