/** What a principal may do; each includes the one before. */
export type Role = 'viewer' | 'contributor' | 'admin'

/** The role that a principal was given, by the resource on which it was given. */
export type Grants = ReadonlyMap<string, Role>

/** Who calls, as authentication found out. */
export interface Caller {
  readonly principalId: string
  /** The name that authorship and audit show. */
  readonly principalName: string
  readonly kind: 'service' | 'user'
  readonly organizationId: string
  /** The project that it was made in; absent when it is one of the organization. */
  readonly projectId?: string
  readonly grants: Grants
  /** The network address the call came from. */
  readonly address?: string
  /** What the client says of itself (`X-HCP-Source-Channel`). */
  readonly sourceChannel?: string
}

const ranks: Readonly<Record<Role, number>> = { viewer: 1, contributor: 2, admin: 3 }

function rank(role: Role | undefined): number {
  return role === undefined ? 0 : ranks[role]
}

/** Whether a role, or none, includes another. */
export function includes(role: Role | undefined, needed: Role): boolean {
  return rank(role) >= rank(needed)
}

/** The greater of two roles. */
export function greater(one: Role | undefined, other: Role | undefined): Role | undefined {
  return rank(one) >= rank(other) ? one : other
}
