import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { label } from '../../label-option.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot bucket create`. */
export function createBucket(bucket: Command): void {
  bucket
    .command('create <bucket>')
    .description('Create a bucket; packer does so by itself')
    .option('--description <text>', 'what is kept in it', '')
    .option('--label <name=value>', 'may be repeated', label, {})
    .addHelpText('after', '\nExample:\n  ingot bucket create base-ubuntu --label team=platform')
    .action(async (name: string, { description, label: labels }: CreateFlags, at: Command) => {
      const settings = settingsOf(at)
      const made = await withClient(settings, (client) =>
        client.buckets.create({ name, description, labels }),
      )
      settings.print.result(made, () => `The bucket ${made.name} is there.`)
    })
}

interface CreateFlags {
  readonly description: string
  readonly label: Readonly<Record<string, string>>
}
