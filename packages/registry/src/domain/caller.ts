import { Refusal } from './refusal.ts'

/** What a principal may do; each includes the one before. */
export type Role = 'viewer' | 'contributor' | 'admin'

/** Who calls, as authentication found out. */
export interface Caller {
  readonly principalId: string
  /** The name that authorship and audit show. */
  readonly principalName: string
  readonly kind: 'service' | 'user'
  readonly role: Role
  readonly organizationId: string
  /** The only project that is open to the principal; absent when all of the organization are. */
  readonly projectId?: string
  /** The network address the call came from. */
  readonly address?: string
  /** What the client says of itself (`X-HCP-Source-Channel`). */
  readonly sourceChannel?: string
}

const ranks: Readonly<Record<Role, number>> = { viewer: 0, contributor: 1, admin: 2 }

/** Whether a role includes another. */
export function includes(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed]
}

/** Refuses a caller whose role does not include the needed one. */
export function mayDo(caller: Caller, needs: Role, action: string): Refusal | undefined {
  if (includes(caller.role, needs)) return undefined
  return new Refusal('access.denied', { principal: caller.principalName, needs, action })
}
