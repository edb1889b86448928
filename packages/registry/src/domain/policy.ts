import { createHash } from 'node:crypto'
import type { Caller, Role } from './caller.ts'

/** One role of one principal on the resource of a policy. */
export interface Binding {
  readonly principalId: string
  readonly kind: Caller['kind']
  readonly role: Role
}

/** The same for two policies that say the same, in whatever order. */
export function etagOf(bindings: readonly Pick<Binding, 'principalId' | 'role'>[]): string {
  const lines = bindings.map(({ principalId, role }) => `${role} ${principalId}`).sort()
  return createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 22)
}
