import type { EnforcedBlock } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { labelText } from '../../output/fields.ts'
import { table } from '../../output/table.ts'
import { when } from '../../output/when.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot enforced-block list`. */
export function listBlocks(block: Command): void {
  block
    .command('list')
    .description('List the enforced blocks with their newest versions')
    .addHelpText('after', '\nExample:\n  ingot enforced-block list')
    .action(async (_options: object, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => client.enforcedBlocks.list())
      settings.print.result(found, () => blockTable(found))
    })
}

function blockTable(found: readonly EnforcedBlock[]): string {
  if (found.length === 0)
    return 'There are no enforced blocks. To make one:  ingot enforced-block create NAME --file FILE'
  const rows = found.map(({ name, latest_version: latest, labels, updated_at }) => [
    ...[name, latest?.version ?? '', latest?.template_type ?? ''],
    ...[labelText(labels), when(updated_at)],
  ])
  return table(['BLOCK', 'NEWEST', 'TYPE', 'LABELS', 'UPDATED'], rows)
}
