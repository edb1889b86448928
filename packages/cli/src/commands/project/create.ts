import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot project create`. */
export function createProject(project: Command): void {
  project
    .command('create <name>')
    .description('Create a project with a registry of its own')
    .option('--description <text>', 'what it is for', '')
    .addHelpText('after', '\nExample:\n  ingot project create team-web')
    .action(async (name: string, { description }: { readonly description: string }, at: Command) => {
      const settings = settingsOf(at)
      const made = await withClient(settings, (client) => client.projects.create({ name, description }))
      settings.print.result(made, () => `The project ${made.name} is there: HCP_PROJECT_ID=${made.id}`)
    })
}
