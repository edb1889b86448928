import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { projectCalled } from '../../named/project.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot project delete`. */
export function deleteProject(project: Command): void {
  project
    .command('delete <project>')
    .description('Delete a project, which is given by its name or id, with its registry and principals')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot project delete team-web')
    .action(async (word: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      const gone = await withClient(settings, async (client) => {
        const found = await projectCalled(client, word)
        const what = `This deletes the project ${found.name} with all its buckets and principals for good.`
        await confirm({ yes, what })
        await client.projects.delete(found.id)
        return found
      })
      settings.print.result({ deleted: gone.id }, () => `The project ${gone.name} is gone.`)
    })
}
