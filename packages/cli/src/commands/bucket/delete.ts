import type { Command } from 'commander'
import { confirm } from '../../confirm.ts'
import { withClient } from '../../connection.ts'
import { counted } from '../../output/words.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot bucket delete`. */
export function deleteBucket(bucket: Command): void {
  bucket
    .command('delete <bucket>')
    .description('Delete a bucket with its versions and channels')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  ingot bucket delete base-ubuntu')
    .action(async (name: string, { yes }: { readonly yes?: boolean }, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { version_count: versions } = await client.buckets.get(name)
        const channels = await client.channels.list(name)
        const what = `${counted(Number(versions), 'version')} and ${counted(channels.length, 'channel')}`
        await confirm({ yes, what: `This deletes the bucket ${name} with ${what} for good.` })
        await client.buckets.delete(name)
      })
      settings.print.result({ deleted: name }, () => `The bucket ${name} is gone.`)
    })
}
