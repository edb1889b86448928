import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { versionCalled } from '../named/version.ts'
import { when } from '../output/when.ts'
import { versionWord } from '../output/words.ts'
import { settingsOf } from '../settings.ts'

/** `ingot restore`: takes back a revocation. */
export function restore(ingot: Command): void {
  ingot
    .command('restore <bucket> <version>')
    .description('Take back a revocation, or one that is scheduled')
    .addHelpText(
      'after',
      `
VERSION is a number, as v12, or a fingerprint. What was revoked because it was built from it is restored as well, unless
something else that it was built from is revoked too. Channels stay where they are.

Example:
  ingot restore base-ubuntu v12`,
    )
    .action(async (bucket: string, word: string, _options: object, at: Command) => {
      const settings = settingsOf(at)
      const version = await withClient(settings, async (client) => {
        const { fingerprint } = await versionCalled(client, bucket, word)
        return client.versions.restore({ bucket, fingerprint })
      })
      const name = `${bucket} ${versionWord(version)}`
      settings.print.result(version, () =>
        version.revoke_at
          ? `${name} stays revoked from ${when(version.revoke_at)} on: so is something that it was built from.`
          : `${name} is restored. Channels stay where they are; to move one:  ingot promote ${name} --to CHANNEL`,
      )
    })
}
