import type { Grants } from './caller.ts'
import { principalNameLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import type { Instant } from './time.ts'

/** Somebody or something that may call. */
export interface Principal {
  /** A ULID. */
  readonly id: string
  readonly kind: 'service' | 'user'
  readonly name: string
  readonly organizationId: string
  /** The project that it was made in; absent when it is one of the organization. */
  readonly projectId?: string
  readonly grants: Grants
  readonly createdAt: Instant
}

/** A pair of client id and secret; only the secret's hash is kept. */
export interface Credential {
  readonly clientId: string
  /** SHA-256 of the secret, 64 hexadecimal digits. The secret is 256 random bits, so that no slower hash is needed. */
  readonly secretHash: string
  readonly principal: Principal
  readonly createdAt: Instant
}

/** A key that signs tokens. It is kept, so that tokens stay valid across restarts for as long as they promised. */
export interface SigningKey {
  readonly id: string
  /** The private key as JSON Web Key, in JSON. */
  readonly jwk: string
  readonly createdAt: Instant
}

/** Refuses a name that no principal may have. */
export function checkPrincipalName(value: string): Refusal | undefined {
  const { min, max } = principalNameLength
  if (value.length >= min && value.length <= max && /^[a-zA-Z0-9_-]+$/.test(value)) return undefined
  const rule = `${min} to ${max} letters, digits, hyphens and underscores`
  return new Refusal('name.malformed', { field: 'name', value, rule })
}
