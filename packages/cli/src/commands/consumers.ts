import type { Consumers } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { table } from '../output/table.ts'
import { when } from '../output/when.ts'
import { versionWord } from '../output/words.ts'
import { settingsOf } from '../settings.ts'

/** `ingot consumers`: who reads what. */
export function consumers(ingot: Command): void {
  ingot
    .command('consumers <bucket> [version]')
    .description('Show who reads a bucket, or one version of it, through which channel, and since when')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint. The latest read comes first.

Examples:
  ingot consumers base-ubuntu
  ingot consumers base-ubuntu v12`,
    )
    .action(async (bucket: string, version: string | undefined, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.consumers.list(bucket, version))
      settings.print.result(found, () => consumerText(version ? `${bucket} ${version}` : bucket, found))
    })
}

function consumerText(what: string, { consumers: found, whole }: Consumers): string {
  if (found.length === 0) return `Nobody has read ${what} yet.`
  const rows = found.map((each) => [
    versionWord({ name: each.version_name, fingerprint: each.fingerprint }),
    each.channel_name,
    each.principal_name,
    each.client,
    each.reads,
    when(each.first_read_at),
    when(each.last_read_at),
  ])
  const text = table(['VERSION', 'CHANNEL', 'WHO', 'CLIENT', 'READS', 'FIRST', 'LAST'], rows)
  return whole ? text : `${text}\n\nThere are more: name a version.`
}
