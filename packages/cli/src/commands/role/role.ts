import type { Command } from 'commander'
import { grantRole } from './grant.ts'
import { listRoles } from './list.ts'
import { revokeRole } from './revoke.ts'

/** `ingot role …`: who may do what, on the organization, a project or a bucket; what is given adds up. */
export function role(ingot: Command): void {
  const command = ingot.command('role').description('List, grant and revoke roles')
  for (const add of [listRoles, grantRole, revokeRole]) add(command)
}
