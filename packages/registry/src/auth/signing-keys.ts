import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Registry } from '../registry.ts'

const keyBytes = 32

/** A key of access tokens. */
export interface TokenKey {
  /** The first part of every token signed with it. A token with another one, or another algorithm, is none of ours. */
  readonly header: string
  /** As a key object: from raw bytes, signing takes five times as long. */
  readonly secret: KeyObject
}

/** The keys of a registry: the first signs, all are accepted. The first start makes one, and tokens outlive restarts by it. */
export async function tokenKeys(registry: Registry): Promise<readonly TokenKey[]> {
  const stored = await registry.signingKeys()
  if (stored.length > 0) return stored.map(({ id, jwk }) => tokenKey(id, jwk))
  const jwk = { kty: 'oct', alg: 'HS256', k: randomBytes(keyBytes).toString('base64url') }
  const made = await registry.addSigningKey({ id: randomBytes(6).toString('hex'), jwk: JSON.stringify(jwk) })
  return [tokenKey(made.id, made.jwk)]
}

/** A key from its identifier and its JSON Web Key. */
export function tokenKey(id: string, jwk: string): TokenKey {
  const { k } = JSON.parse(jwk) as { k: string }
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: id, typ: 'JWT' })).toString('base64url')
  return { header, secret: createSecretKey(k, 'base64url') }
}
