import type { Channel, Client } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { channelCalled } from '../named/channel.ts'
import { versionCalled } from '../named/version.ts'
import { moveText } from '../output/channel-move.ts'
import { settingsOf } from '../settings.ts'

/** `ingot promote`: points a channel at a version, or at what another channel points at. */
export function promote(ingot: Command): void {
  ingot
    .command('promote <bucket> [version]')
    .description('Point a channel at a version, or at what another channel points at')
    .option('--from <channel>', 'take the version that this channel points at')
    .requiredOption('--to <channel>', 'the channel that moves')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint.

Examples:
  ingot promote base-ubuntu v12 --to production
  ingot promote base-ubuntu --from staging --to production`,
    )
    .action(async (bucket: string, version: string | undefined, flags: PromoteFlags, at: Command) => {
      if ((version === undefined) === (flags.from === undefined))
        at.error('error: name a version, or a channel with --from, and not both')
      const settings = settingsOf(at)
      const { before, after } = await withClient(settings, async (client) => ({
        before: await channelCalled(client, bucket, flags.to),
        after: await move(client, bucket, { ...flags, version }),
      }))
      settings.print.result(after, () => moveText(before, after))
    })
}

interface PromoteFlags {
  readonly from?: string
  readonly to: string
}

async function move(
  client: Client,
  bucket: string,
  { from, to, version }: PromoteFlags & { readonly version: string | undefined },
): Promise<Channel> {
  if (version === undefined) return client.channels.promote(bucket, { from: from!, to })
  const { fingerprint } = await versionCalled(client, bucket, version)
  return client.channels.assign({ bucket, channel: to }, fingerprint)
}
