import type { Command } from 'commander'
import { assignChannel } from './assign.ts'
import { createChannel } from './create.ts'
import { deleteChannel } from './delete.ts'
import { channelHistory } from './history.ts'
import { listChannels } from './list.ts'
import { showChannel } from './show.ts'
import { unassignChannel } from './unassign.ts'

/** `ingot channel …`: names that point at versions. */
export function channel(ingot: Command): void {
  const command = ingot.command('channel').description('List, show, create, move and delete channels')
  const read = [listChannels, showChannel, channelHistory]
  for (const add of [...read, createChannel, assignChannel, unassignChannel, deleteChannel]) add(command)
}
