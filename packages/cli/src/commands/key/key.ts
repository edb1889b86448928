import type { Command } from 'commander'
import { createKey } from './create.ts'
import { deleteKey } from './delete.ts'
import { listKeys } from './list.ts'

/** `ingot key …`: a principal may have two, so that the next one is there before the old one goes. */
export function key(ingot: Command): void {
  const command = ingot.command('key').description('List, create and delete keys of a service principal')
  for (const add of [listKeys, createKey, deleteKey]) add(command)
}
