import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { blockCalled } from '../../named/block.ts'
import { settingsOf } from '../../settings.ts'
import { type ContentFlags, contentOf, withContent } from './content.ts'

/** `ingot enforced-block version`. */
export function addBlockVersion(block: Command): void {
  const command = block
    .command('version <block> <version>')
    .description('Add a version to an enforced block; buckets go on running the one that they are linked to')
    .addHelpText(
      'after',
      '\nExample:\n  ingot enforced-block version cis-hardening v1.1.0 --file cis.pkr.hcl',
    )
  withContent(command).action(async (name: string, version: string, flags: ContentFlags, at: Command) => {
    const settings = settingsOf(at)
    const content = contentOf(flags, version)
    const made = await withClient(settings, async (client) => {
      const { id } = await blockCalled(client, name)
      return client.enforcedBlocks.createVersion(id, content)
    })
    const next = `ingot enforced-block link ${name} BUCKET --version-name ${version}`
    settings.print.result(made, () => `${name} ${version} is there. To have a bucket run it:  ${next}`)
  })
}
