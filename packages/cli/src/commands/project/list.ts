import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot project list`. */
export function listProjects(project: Command): void {
  project
    .command('list')
    .description('List the projects that you may see')
    .addHelpText('after', '\nExample:\n  ingot project list')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.projects.list())
      settings.print.result(found, () => {
        const rows = found.map((each) => [each.name, each.id, each.description, when(each.created_at)])
        return table(['PROJECT', 'ID', 'DESCRIPTION', 'CREATED'], rows)
      })
    })
}
