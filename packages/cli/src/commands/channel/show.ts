import type { Channel } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { channelCalled } from '../../named/channel.ts'
import { buildTable } from '../../output/build-table.ts'
import { fields } from '../../output/fields.ts'
import { when } from '../../output/when.ts'
import { statusWord, versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel show`. */
export function showChannel(channel: Command): void {
  channel
    .command('show <bucket> <channel>')
    .description('Show a channel, the version that it points at, and its images')
    .addHelpText('after', '\nExample:\n  ingot channel show base-ubuntu production')
    .action(async (bucket: string, name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => channelCalled(client, bucket, name))
      settings.print.result(found, () => channelText(found))
    })
}

function channelText({ name, bucket_name: bucket, version, ...channel }: Channel): string {
  const facts = fields({
    Channel: `${bucket} ${name}`,
    Version: version ? versionWord(version) : 'empty',
    Fingerprint: version?.fingerprint ?? '',
    Status: version ? statusWord(version.status) : '',
    Restricted: channel.restricted ? 'to those who may publish' : '',
    'Moved by': channel.author_id,
    Since: when(channel.updated_at),
  })
  return version ? `${facts}\n\n${buildTable(version.builds)}` : facts
}
