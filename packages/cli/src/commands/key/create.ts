import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { principalCalled } from '../../named/principal.ts'
import { secretText } from '../../output/secret-text.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot key create`. */
export function createKey(key: Command): void {
  key
    .command('create <principal>')
    .description('Create a key, of which there may be two; its secret is shown this once')
    .addHelpText('after', '\nExample:\n  ingot key create pipeline')
    .action(async (name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const made = await withClient(settings, async (client) => {
        const { place } = await principalCalled(client, name)
        const { key: one, client_secret } = await client.principals.createKey(place)
        return { client_id: one.client_id, client_secret }
      })
      settings.print.result(made, () => secretText(made))
    })
}
