import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { principalsOf } from '../../named/principal.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot principal list`. */
export function listPrincipals(principal: Command): void {
  principal
    .command('list')
    .description('List the service principals of the project and of its organization')
    .addHelpText('after', '\nExample:\n  ingot principal list')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, principalsOf)
      settings.print.result(found, () => {
        const rows = found.map((each) => [
          ...[each.name, each.project_id ? 'project' : 'organization', each.id, when(each.created_at)],
        ])
        return table(['PRINCIPAL', 'OF THE', 'ID', 'CREATED'], rows)
      })
    })
}
