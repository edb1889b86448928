import { randomBytes, type webcrypto } from 'node:crypto'
import type { Registry } from '../registry/registry.ts'

const keyBytes = 32

/** A key of access tokens. */
export interface TokenKey {
  /** Tokens name the key that signed them (`kid`). */
  readonly id: string
  /** Imported once: from a raw or JSON key, each signature would import it again. */
  readonly secret: webcrypto.CryptoKey
}

/** The keys of a registry: the first signs, all are accepted. The first start makes one, and tokens outlive restarts by it. */
export async function tokenKeys(registry: Registry): Promise<readonly TokenKey[]> {
  const stored = await registry.principals.signingKeys()
  if (stored.length > 0) return Promise.all(stored.map(({ id, jwk }) => tokenKey(id, jwk)))
  const jwk = { kty: 'oct', alg: 'HS256', k: randomBytes(keyBytes).toString('base64url') }
  const made = await registry.principals.addSigningKey({
    id: randomBytes(6).toString('hex'),
    jwk: JSON.stringify(jwk),
  })
  return [await tokenKey(made.id, made.jwk)]
}

/** A key from its identifier and its JSON Web Key. */
export async function tokenKey(id: string, jwk: string): Promise<TokenKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('jwk', JSON.parse(jwk), algorithm, false, ['sign', 'verify'])
  return { id, secret }
}
