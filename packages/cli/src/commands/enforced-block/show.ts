import type { Client, EnforcedBlock, EnforcedBlockVersion } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { blockCalled } from '../../named/block.ts'
import { fields, labelText } from '../../output/fields.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

type Version = EnforcedBlockVersion & { readonly buckets: readonly string[] }
type Block = EnforcedBlock & { readonly versions: readonly Version[] }

/** `ingot enforced-block show`. */
export function showBlock(block: Command): void {
  block
    .command('show <block>')
    .description('Show an enforced block, its versions, and the buckets whose builds must run them')
    .addHelpText('after', '\nExample:\n  ingot enforced-block show cis-hardening')
    .action(async (name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => whole(client, name))
      settings.print.result(found, () => blockText(found))
    })
}

async function whole(client: Client, name: string): Promise<Block> {
  const block = await blockCalled(client, name)
  const versions: Version[] = []
  for (const version of await client.enforcedBlocks.versions(block.id)) {
    const linked = await client.enforcedBlocks.linkedBuckets({ blockId: block.id, versionId: version.id })
    versions.push({ ...version, buckets: linked.map((bucket) => bucket.name) })
  }
  return { ...block, versions }
}

function blockText({ name, id, labels, versions, ...block }: Block): string {
  const facts = fields({ Block: name, Id: id, Labels: labelText(labels), Created: when(block.created_at) })
  const rows = versions.map(({ version, template_type, buckets, created_at, additional_description }) => [
    ...[version, template_type, buckets.join(', '), when(created_at), additional_description],
  ])
  const newest = versions.at(-1)
  const content = newest ? `\n\n${newest.version}:\n${newest.block_content.trimEnd()}` : ''
  return `${facts}\n\n${table(['VERSION', 'TYPE', 'BUCKETS', 'CREATED', 'DESCRIPTION'], rows)}${content}`
}
