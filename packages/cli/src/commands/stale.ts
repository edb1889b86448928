import type { Stale } from '@ingot/client'
import { type Command, InvalidArgumentError } from 'commander'
import { withClient } from '../connection.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../output/table.ts'
import { span, when } from '../output/when.ts'
import { settingsOf } from '../settings.ts'

/** `ingot stale`: what has been left behind. */
export function stale(ingot: Command): void {
  ingot
    .command('stale')
    .description(
      'Show what has been left behind: buckets behind what they are built from, channels behind theirs',
    )
    .option(
      '--days <number>',
      'a bucket without a new version for that long is stale (30 unless told)',
      count,
    )
    .option('--behind <number>', 'a channel that many versions behind is stale (3 unless told)', count)
    .option('--check', 'end with 5 when something is stale')
    .addHelpText('after', '\nExample:\n  ingot stale --days 60 --check')
    .action(async (flags: StaleFlags, at: Command) => {
      const settings = settingsOf(at)
      const { check, ...limits } = flags
      const found = await withClient(settings, (client) => client.buckets.stale(limits))
      const rows = staleRows(found, Date.now())
      settings.print.result(found, () => staleText(rows, found.whole))
      if (check && rows.length > 0) process.exitCode = exitCode.unhealthy
    })
}

interface StaleFlags {
  readonly days?: number
  readonly behind?: number
  readonly check?: boolean
}

function staleText(rows: readonly string[][], whole: boolean): string {
  if (rows.length === 0) return 'Nothing is stale.'
  const text = table(['BUCKET', 'CHANNEL', 'WHAT', 'WHAT TO DO'], rows)
  return whole ? text : `${text}\n\nThere is more; this is the worst of it.`
}

function staleRows({ outdated, behind, revoked, quiet }: Stale, now: number): string[][] {
  return [
    ...revoked.map(({ bucket_name: bucket, channel_name: channel, version, state, revoke_at }) => [
      ...[bucket, channel],
      state === 'REVOKED'
        ? `${version.name} is revoked since ${when(revoke_at)}`
        : `${version.name} will be revoked in ${span(Date.parse(revoke_at) - now)}`,
      channel === 'latest' ? 'publish a new version' : `ingot promote ${bucket} VERSION --to ${channel}`,
    ]),
    ...outdated.map((each) => [
      ...[each.bucket_name, 'latest'],
      `${each.version.name} was built from ${each.parent_bucket_name} ${each.built_from.name}; its ${each.parent_channel_name} is ${each.now.name} now`,
      'build it again',
    ]),
    ...behind.map(({ bucket_name: bucket, channel_name: channel, version, newest, behind: far }) => [
      ...[bucket, channel, `${version.name} is ${far} behind ${newest.name}`],
      `ingot promote ${bucket} ${newest.name} --to ${channel}`,
    ]),
    ...quiet.map(({ bucket_name: bucket, newest, since }) => [
      ...[bucket, ''],
      `${newest ? `nothing after ${newest.name}` : 'no version'} for ${span(now - Date.parse(since))}`,
      newest ? 'build it again, or delete it' : `ingot why ${bucket}`,
    ]),
  ]
}

function count(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number from 1 on.')
}
