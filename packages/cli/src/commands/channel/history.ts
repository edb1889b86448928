import type { ChannelAssignment } from '@ingot/client'
import type { Command } from 'commander'
import { allOf } from '../../all-of.ts'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { statusWord, versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot channel history`. */
export function channelHistory(channel: Command): void {
  channel
    .command('history <bucket> <channel>')
    .description('Show what a channel pointed at and who moved it, newest first')
    .addHelpText('after', '\nExample:\n  ingot channel history base-ubuntu production')
    .action(async (bucket: string, name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const place = { bucket, channel: name }
      const rows = await withClient(settings, (client) => allOf(client.channels.history(place)))
      settings.print.result(rows, () => historyText(name, rows))
    })
}

function historyText(name: string, rows: readonly ChannelAssignment[]): string {
  if (rows.length === 0) return `${name} never pointed at anything.`
  return table(
    ['SINCE', 'VERSION', 'STATUS NOW', 'BY'],
    rows.map(({ assigned_at: at, version, author_id: author }) => [
      when(at),
      version ? versionWord(version) : 'empty',
      version ? statusWord(version.status) : '',
      author,
    ]),
  )
}
