import type { Client, Version } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { statusWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

type Listed = Version & { readonly channels: readonly string[] }

/** `ingot version list`, and `ingot versions`. */
export function listVersions(parent: Command, name = 'list'): void {
  parent
    .command(`${name} <bucket>`)
    .description('List the versions of a bucket, newest first, with the channels that point at them')
    .addHelpText('after', '\nExample:\n  ingot version list base-ubuntu')
    .action(async (bucket: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => versionsOf(client, bucket))
      settings.print.result(found, () => versionTable(bucket, found))
    })
}

async function versionsOf(client: Client, bucket: string): Promise<readonly Listed[]> {
  const channels = await client.channels.list(bucket)
  const found: Listed[] = []
  for await (const version of client.versions.list(bucket)) {
    const here = channels.filter((channel) => channel.version?.id === version.id)
    found.push({ ...version, channels: here.map((channel) => channel.name) })
  }
  return found
}

function versionTable(bucket: string, found: readonly Listed[]): string {
  if (found.length === 0) return `${bucket} has no versions yet.`
  const rows = found.map((each) => [
    each.name,
    statusWord(each.status),
    each.fingerprint,
    when(each.created_at),
    each.channels.join(', '),
  ])
  const text = table(['VERSION', 'STATUS', 'FINGERPRINT', 'CREATED', 'CHANNELS'], rows)
  const open = found.find(({ name }) => name === 'v0')
  return open ? `${text}\n\nWhy one is not complete:  ingot why ${bucket} ${open.fingerprint}` : text
}
