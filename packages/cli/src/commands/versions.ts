import type { VersionSummary } from '@ingot/engine'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { table } from '../output/table.ts'
import { settingsOf } from '../settings.ts'

/** `ingot versions`: what a bucket holds, newest first. */
export function versions(ingot: Command): void {
  ingot
    .command('versions <bucket>')
    .description('List the versions of a bucket, newest first')
    .addHelpText('after', '\nExample:\n  ingot versions base-ubuntu')
    .action(async (bucket: string, _options: object, at: Command) => {
      const engine = await import('@ingot/engine')
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => engine.versions(client, bucket))
      settings.print.result(found, () => versionTable(bucket, found))
    })
}

function versionTable(bucket: string, found: readonly VersionSummary[]): string {
  if (found.length === 0) return `${bucket} has no versions yet.`
  return table(
    ['VERSION', 'STATUS', 'FINGERPRINT', 'CREATED', 'CHANNELS'],
    found.map((each) => [
      each.name,
      statusWord(each.status),
      each.fingerprint,
      each.createdAt,
      each.channels.join(', '),
    ]),
  )
}

/** `VERSION_REVOCATION_SCHEDULED` as people say it. */
function statusWord(status: string): string {
  return status
    .replace(/^VERSION_/, '')
    .replaceAll('_', ' ')
    .toLowerCase()
}
