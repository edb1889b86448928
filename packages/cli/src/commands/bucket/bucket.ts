import type { Command } from 'commander'
import { createBucket } from './create.ts'
import { deleteBucket } from './delete.ts'
import { listBuckets } from './list.ts'
import { showBucket } from './show.ts'

/** `ingot bucket …`: what the versions of one image are kept in. */
export function bucket(ingot: Command): void {
  const command = ingot.command('bucket').description('List, show, create and delete buckets')
  for (const add of [listBuckets, showBucket, createBucket, deleteBucket]) add(command)
}
