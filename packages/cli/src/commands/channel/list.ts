import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { channelTable } from '../../output/channel-table.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel list`. */
export function listChannels(channel: Command): void {
  channel
    .command('list <bucket>')
    .description('List the channels of a bucket with what they point at')
    .addHelpText('after', '\nExample:\n  ingot channel list base-ubuntu')
    .action(async (bucket: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.channels.list(bucket))
      settings.print.result(found, () => channelTable(found))
    })
}
