import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { projectCalled } from '../../named/project.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot project rename`. */
export function renameProject(project: Command): void {
  project
    .command('rename <project> <name>')
    .description('Rename a project, which is given by its name or id')
    .addHelpText('after', '\nExample:\n  ingot project rename default platform')
    .action(async (word: string, name: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const renamed = await withClient(settings, async (client) => {
        const found = await projectCalled(client, word)
        await client.projects.rename(found.id, name)
        return { ...found, name }
      })
      settings.print.result(renamed, () => `The project is called ${name} now.`)
    })
}
