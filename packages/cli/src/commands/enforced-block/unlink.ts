import type { Client } from '@ingot/client'
import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { NotFoundError } from '../../explain.ts'
import { blockCalled } from '../../named/block.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot enforced-block unlink`. */
export function unlinkBlock(block: Command): void {
  block
    .command('unlink <block> <buckets...>')
    .description('Have the builds of buckets run the block no more')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot enforced-block unlink cis-hardening base-debian')
    .action(
      async (name: string, buckets: readonly string[], { yes }: { readonly yes?: boolean }, at: Command) => {
        const settings = settingsOf(at)
        await withClient(settings, async (client) => {
          const { id } = await blockCalled(client, name)
          const links = await linksOf(client, id, buckets)
          const left = buckets.filter((bucket) => !links.some(({ gone }) => gone.includes(bucket)))
          if (left.length > 0)
            throw new NotFoundError(`Builds of ${left.join(', ')} do not run ${name}. Nothing was changed.`)
          await confirm({ yes, what: `Builds of ${buckets.join(', ')} will run ${name} no more.` })
          for (const { place, kept } of links) await client.enforcedBlocks.link(place, kept)
        })
        settings.print.result(
          { block: name, unlinked: buckets },
          () => `Builds of ${buckets.join(', ')} run ${name} no more.`,
        )
      },
    )
}

/** The versions of a block that the buckets are linked to, with those that stay and those that go. */
async function linksOf(client: Client, blockId: string, buckets: readonly string[]) {
  const links = []
  for (const { id: versionId } of await client.enforcedBlocks.versions(blockId)) {
    const place = { blockId, versionId }
    const linked = (await client.enforcedBlocks.linkedBuckets(place)).map((bucket) => bucket.name)
    const gone = linked.filter((bucket) => buckets.includes(bucket))
    if (gone.length > 0) links.push({ place, gone, kept: linked.filter((bucket) => !gone.includes(bucket)) })
  }
  return links
}
