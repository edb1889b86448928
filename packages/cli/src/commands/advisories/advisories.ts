import type { Command } from 'commander'
import { advisoriesOf } from './affecting.ts'
import { importFile } from './import.ts'
import { listAdvisories } from './list.ts'
import { showAdvisory } from './show.ts'
import { advisoryStatus } from './status.ts'

/** `ingot advisories …`: publicly known weaknesses, and which buckets have them. */
export function advisories(ingot: Command): void {
  const command = ingot
    .command('advisories')
    .description('Import and show advisories, and what they mean for a bucket')
  for (const add of [importFile, advisoryStatus, listAdvisories, showAdvisory, advisoriesOf]) add(command)
}
