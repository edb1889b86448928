import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { blockCalled, blockVersionCalled } from '../../named/block.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot enforced-block link`. */
export function linkBlock(block: Command): void {
  block
    .command('link <block> <buckets...>')
    .description('Have the builds of buckets run a version of a block, instead of any other version of it')
    .option('--version-name <version>', 'which version (the newest unless told)')
    .addHelpText(
      'after',
      '\nExample:\n  ingot enforced-block link cis-hardening base-ubuntu base-debian --version-name v1.1.0',
    )
    .action(
      async (
        name: string,
        buckets: readonly string[],
        flags: { readonly versionName?: string },
        at: Command,
      ) => {
        const settings = settingsOf(at)
        const done = await withClient(settings, async (client) => {
          const found = await blockCalled(client, name)
          const version = await blockVersionCalled(client, found, flags.versionName)
          const place = { blockId: found.id, versionId: version.id }
          // The call sets the whole list, and moves buckets over from other versions of the block in the same step.
          const before = (await client.enforcedBlocks.linkedBuckets(place)).map((bucket) => bucket.name)
          const all = [...new Set([...before, ...buckets])]
          await client.enforcedBlocks.link(place, all)
          return { block: found.name, version: version.version, buckets: all }
        })
        settings.print.result(done, () => `Builds of ${done.buckets.join(', ')} run ${name} ${done.version}.`)
      },
    )
}
