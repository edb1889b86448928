import type { Channel } from '@ingot/client'
import { table } from './table.ts'
import { when } from './when.ts'
import { statusWord, versionWord } from './words.ts'

/** Channels with what they point at. */
export function channelTable(channels: readonly Channel[]): string {
  const rows = channels.map(({ name, version, ...channel }) => [
    name,
    version ? versionWord(version) : 'empty',
    version ? statusWord(version.status) : '',
    version?.fingerprint ?? '',
    channel.restricted ? 'restricted' : '',
    channel.author_id,
    when(channel.updated_at),
  ])
  return table(['CHANNEL', 'VERSION', 'STATUS', 'FINGERPRINT', '', 'BY', 'SINCE'], rows)
}
