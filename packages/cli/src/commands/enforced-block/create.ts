import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { label } from '../../label-option.ts'
import { settingsOf } from '../../settings.ts'
import { type ContentFlags, contentOf, withContent } from './content.ts'

/** `ingot enforced-block create`. */
export function createBlock(block: Command): void {
  const command = block
    .command('create <block>')
    .description('Create an enforced block with its first version; no bucket runs it yet')
    .option('--first <version>', 'what the first version is called', 'v1.0.0')
    .option('--label <name=value>', 'may be repeated', label, {})
    .addHelpText('after', '\nExample:\n  ingot enforced-block create cis-hardening --file cis.pkr.hcl')
  withContent(command).action(async (name: string, flags: CreateFlags, at: Command) => {
    const settings = settingsOf(at)
    const content = contentOf(flags, flags.first)
    const made = await withClient(settings, (client) =>
      client.enforcedBlocks.create({ name, labels: flags.label, ...content }),
    )
    settings.print.result(
      made,
      () =>
        `${made.name} ${flags.first} is there. To have a bucket run it:  ingot enforced-block link ${made.name} BUCKET`,
    )
  })
}

interface CreateFlags extends ContentFlags {
  readonly first: string
  readonly label: Readonly<Record<string, string>>
}
