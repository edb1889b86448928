import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { channelCalled } from '../../named/channel.ts'
import { moveText } from '../../output/channel-move.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel unassign`. */
export function unassignChannel(channel: Command): void {
  channel
    .command('unassign <bucket> <channel>')
    .description('Empty a channel')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot channel unassign base-ubuntu production')
    .action(async (bucket: string, name: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      const { before, after } = await withClient(settings, async (client) => {
        const found = await channelCalled(client, bucket, name)
        const points = found.version ? `, which points at ${versionWord(found.version)}` : ''
        await confirm({ yes, what: `This empties the channel ${name} of ${bucket}${points}.` })
        return {
          before: found,
          after: await client.channels.assign({ bucket, channel: name }, undefined),
        }
      })
      settings.print.result(after, () => moveText(before, after))
    })
}
