import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { principalCalled } from '../../named/principal.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot principal delete`. */
export function deletePrincipal(principal: Command): void {
  principal
    .command('delete <principal>')
    .description('Delete a service principal with its keys and roles; its tokens are refused at once')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot principal delete pipeline')
    .action(async (name: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { place } = await principalCalled(client, name)
        await confirm({ yes, what: `This locks out whatever uses ${name}.` })
        await client.principals.delete(place)
      })
      settings.print.result({ deleted: name }, () => `The principal ${name} is gone.`)
    })
}
