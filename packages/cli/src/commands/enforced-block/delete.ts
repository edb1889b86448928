import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { blockCalled, blockVersionCalled } from '../../named/block.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot enforced-block delete`. */
export function deleteBlock(block: Command): void {
  block
    .command('delete <block>')
    .description('Delete an enforced block, or one version of it, that no bucket runs')
    .option('--version-name <version>', 'this version only')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot enforced-block delete cis-hardening --version-name v1.0.0')
    .action(async (name: string, flags: DeleteFlags, at: Command) => {
      const settings = settingsOf(at)
      const what = flags.versionName === undefined ? name : `${name} ${flags.versionName}`
      await withClient(settings, async (client) => {
        const found = await blockCalled(client, name)
        const { enforcedBlocks } = client
        if (flags.versionName === undefined) {
          await confirm({ yes: flags.yes, what: `This deletes the enforced block ${name} for good.` })
          return enforcedBlocks.delete(found.id)
        }
        const version = await blockVersionCalled(client, found, flags.versionName)
        await confirm({ yes: flags.yes, what: `This deletes ${what} for good.` })
        return enforcedBlocks.deleteVersion({ blockId: found.id, versionId: version.id })
      })
      settings.print.result({ deleted: what }, () => `The enforced block ${what} is gone.`)
    })
}

interface DeleteFlags {
  readonly versionName?: string
  readonly yes?: boolean
}
