import type { Command } from 'commander'
import { allOf } from '../../all-of.ts'
import { withClient } from '../../connection.ts'
import { versionCalled } from '../../named/version.ts'
import { buildTable } from '../../output/build-table.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot build list`. */
export function listBuilds(build: Command): void {
  build
    .command('list <bucket> <version>')
    .description('List the builds of a version with their images')
    .addHelpText(
      'after',
      '\nVERSION is a number, as v12, or a fingerprint.\n\nExample:\n  ingot build list base-ubuntu v12',
    )
    .action(async (bucket: string, word: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, async (client) => {
        const { fingerprint } = await versionCalled(client, bucket, word)
        return allOf(client.builds.list({ bucket, fingerprint }))
      })
      settings.print.result(found, () => buildTable(found))
    })
}
