import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { versionCalled } from '../../named/version.ts'
import { versionWord } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot version delete`. */
export function deleteVersion(version: Command): void {
  version
    .command('delete <bucket> <version>')
    .description('Delete a version; the images stay where they are')
    .option('--rollback-channels', 'let channels that point at it go back to what they pointed at before')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nVERSION is a number, as v12, or a fingerprint.\n\nExample:\n  ingot version delete base-ubuntu v12 --rollback-channels',
    )
    .action(async (bucket: string, word: string, flags: DeleteFlags, at: Command) => {
      const settings = settingsOf(at)
      const gone = await withClient(settings, async (client) => {
        const found = await versionCalled(client, bucket, word)
        const what = `This deletes ${bucket} ${versionWord(found)} for good; its images stay where they are.`
        await confirm({ yes: flags.yes, what })
        const { rollbackChannels = false } = flags
        await client.versions.delete(bucket, found.fingerprint, { rollbackChannels })
        return found
      })
      settings.print.result(
        { deleted: gone.fingerprint, name: gone.name },
        () => `${bucket} ${versionWord(gone)} is gone.`,
      )
    })
}

interface DeleteFlags {
  readonly rollbackChannels?: boolean
  readonly yes?: boolean
}
