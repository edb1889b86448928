import type { Command } from 'commander'
import { createPrincipal } from './create.ts'
import { deletePrincipal } from './delete.ts'
import { listPrincipals } from './list.ts'

/** `ingot principal …`: who calls with a client id and a secret. */
export function principal(ingot: Command): void {
  const command = ingot.command('principal').description('List, create and delete service principals')
  for (const add of [listPrincipals, createPrincipal, deletePrincipal]) add(command)
}
