import type { Command } from 'commander'
import { deleteVersion } from './delete.ts'
import { listVersions } from './list.ts'
import { showVersion } from './show.ts'

/** `ingot version …`: what one run of packer publishes. */
export function version(ingot: Command): void {
  const command = ingot.command('version').description('List, show and delete versions of a bucket')
  for (const add of [listVersions, showVersion, deleteVersion]) add(command)
}

/** `ingot versions`: the same as `ingot version list`. */
export function versions(ingot: Command): void {
  listVersions(ingot, 'versions')
}
