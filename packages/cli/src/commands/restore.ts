import type { Version } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../connection.ts'
import { UserError } from '../explain.ts'
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
        const found = await versionCalled(client, bucket, word)
        const { fingerprint } = found
        return client.versions.restore({ bucket, fingerprint }).catch((refused) => explained(refused, found))
      })
      const name = `${bucket} ${versionWord(version)}`
      settings.print.result(version, () =>
        version.revoke_at
          ? `${name} stays revoked from ${when(version.revoke_at)} on: so is something that it was built from.`
          : `${name} is restored. Channels stay where they are; to move one:  ingot promote ${name} --to CHANNEL`,
      )
    })
}

/** Names what has to be restored instead, where the revocation came from elsewhere. */
function explained(refused: unknown, { revocation_inherited_from: from }: Version): never {
  if (!from || !(refused instanceof Error)) throw refused
  throw new UserError(
    `${refused.message}\nIt came from there:  ingot restore ${from.bucket_name} ${from.version_name}`,
  )
}
