import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { principalCalled } from '../../named/principal.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot key list`. */
export function listKeys(key: Command): void {
  key
    .command('list <principal>')
    .description('List the keys of a service principal')
    .addHelpText('after', '\nExample:\n  ingot key list pipeline')
    .action(async (name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const { keys } = await withClient(settings, async (client) => {
        const { place } = await principalCalled(client, name)
        return client.principals.get(place)
      })
      settings.print.result(keys, () => {
        if (keys.length === 0) return `${name} has no keys. To make one:  ingot key create ${name}`
        const rows = keys.map((each) => [each.client_id, when(each.created_at)])
        return table(['CLIENT ID', 'CREATED'], rows)
      })
    })
}
