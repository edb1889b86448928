import type { Bucket, Channel } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { channelTable } from '../../output/channel-table.ts'
import { fields, labelText } from '../../output/fields.ts'
import { when } from '../../output/when.ts'
import { statusWord, versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot bucket show`. */
export function showBucket(bucket: Command): void {
  bucket
    .command('show <bucket>')
    .description('Show a bucket and its channels')
    .addHelpText('after', '\nExample:\n  ingot bucket show base-ubuntu')
    .action(async (name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, async (client) => ({
        ...(await client.buckets.get(name)),
        channels: await client.channels.list(name),
      }))
      settings.print.result(found, () => bucketText(found))
    })
}

function bucketText(found: Bucket & { readonly channels: readonly Channel[] }): string {
  const { latest_version: latest, parents, children, channels } = found
  const facts = fields({
    Bucket: found.name,
    Description: found.description,
    Labels: labelText(found.labels),
    Latest: latest ? versionWord(latest) : 'no version is complete',
    Versions: found.version_count,
    Platforms: found.platforms.join(', '),
    Parents: parents ? statusWord(parents.status) : '',
    Children: children ? statusWord(children.status) : '',
    Created: when(found.created_at),
    Updated: when(found.updated_at),
  })
  return `${facts}\n\n${channelTable(channels)}`
}
