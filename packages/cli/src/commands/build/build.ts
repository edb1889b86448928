import type { Command } from 'commander'
import { listBuilds } from './list.ts'
import { showBuild } from './show.ts'

/** `ingot build …`: what the sources of a template made in one run. */
export function build(ingot: Command): void {
  const command = ingot.command('build').description('List and show the builds of a version')
  for (const add of [listBuilds, showBuild]) add(command)
}
