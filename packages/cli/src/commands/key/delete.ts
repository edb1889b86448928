import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { principalCalled } from '../../named/principal.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot key delete`. */
export function deleteKey(key: Command): void {
  key
    .command('delete <principal> <client-id>')
    .description('Delete a key; the tokens that it got are refused at once')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot key delete pipeline ingot-0123456789abcdef01234567')
    .action(async (name: string, clientId: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { place } = await principalCalled(client, name)
        await confirm({ yes, what: `This locks out whatever uses the key ${clientId}.` })
        await client.principals.deleteKey(place, clientId)
      })
      settings.print.result({ deleted: clientId }, () => `The key ${clientId} is gone.`)
    })
}
