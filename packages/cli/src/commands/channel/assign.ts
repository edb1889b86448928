import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { channelCalled } from '../../named/channel.ts'
import { versionCalled } from '../../named/version.ts'
import { moveText } from '../../output/channel-move.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel assign`. */
export function assignChannel(channel: Command): void {
  channel
    .command('assign <bucket> <channel> <version>')
    .description('Point a channel at a version')
    .addHelpText(
      'after',
      '\nVERSION is a number, as v12, or a fingerprint.\n\nExample:\n  ingot channel assign base-ubuntu production v12',
    )
    .action(async (bucket: string, name: string, word: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const { before, after } = await withClient(settings, async (client) => {
        const { fingerprint } = await versionCalled(client, bucket, word)
        const found = await channelCalled(client, bucket, name)
        return {
          before: found,
          after: await client.channels.assign({ bucket, channel: name }, fingerprint),
        }
      })
      settings.print.result(after, () => moveText(before, after))
    })
}
