import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { channelCalled } from '../../named/channel.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel delete`. */
export function deleteChannel(channel: Command): void {
  channel
    .command('delete <bucket> <channel>')
    .description('Delete a channel with its history')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot channel delete base-ubuntu production')
    .action(async (bucket: string, name: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { version } = await channelCalled(client, bucket, name)
        const points = version ? `, which points at ${versionWord(version)},` : ''
        await confirm({
          yes,
          what: `This deletes the channel ${name} of ${bucket}${points} with its history.`,
        })
        await client.channels.delete(bucket, name)
      })
      settings.print.result({ deleted: name }, () => `The channel ${name} of ${bucket} is gone.`)
    })
}
