import type { Command } from 'commander'
import { createBlock } from './create.ts'
import { deleteBlock } from './delete.ts'
import { linkBlock } from './link.ts'
import { listBlocks } from './list.ts'
import { showBlock } from './show.ts'
import { unlinkBlock } from './unlink.ts'
import { addBlockVersion } from './version.ts'

/** `ingot enforced-block …`: provisioners that builds of a bucket must run. */
export function enforcedBlock(ingot: Command): void {
  const command = ingot
    .command('enforced-block')
    .description('List, show, create, link and delete provisioners that builds must run')
  const write = [createBlock, addBlockVersion, linkBlock, unlinkBlock, deleteBlock]
  for (const add of [listBlocks, showBlock, ...write]) add(command)
}
