import type { Command } from 'commander'
import { bundle } from './bundle.ts'
import { check } from './check.ts'
import { describe } from './describe.ts'
import { dev } from './dev.ts'
import { docs } from './docs.ts'
import { install } from './install.ts'
import { release } from './release.ts'

/** `ingot plugin …`: from an author's source to a plugin that Packer's users have. */
export function plugin(ingot: Command): void {
  const command = ingot
    .command('plugin')
    .description('Bundle, install, check, document, release and develop plugins')
  for (const add of [bundle, install, describe, check, docs, release, dev]) add(command)
}
