import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { TokenKey } from './signing-keys.ts'

/** Seconds that a token is good for. Stock clients cache it that long and never ask again, not even after a 401. */
export const TOKEN_LIFETIME = 3600

/** What clients name as audience, whatever registry they talk to. */
export const AUDIENCE = 'https://api.hashicorp.cloud'

/** Longer ones are refused unread; ours have some 350 characters. */
const MAX_TOKEN = 4096

/** What an access token says. Times are seconds since 1970. */
export interface Claims {
  /** The registry that made it. */
  readonly iss: string
  readonly aud: string
  /** The principal's id. */
  readonly sub: string
  readonly iat: number
  readonly exp: number
}

/** Why a token is not accepted. */
export type TokenFault = 'foreign' | 'expired'

/** A signed token (JWT, HS256). */
export function signToken(claims: Claims, { header, secret }: TokenKey): string {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${signature(signed, secret).toString('base64url')}`
}

/** What a token says: its signature, issuer and audience must be ours, and `now` (in seconds) before its end. */
export function readToken(token: string, expected: Expected): Claims | TokenFault {
  if (token.length > MAX_TOKEN) return 'foreign'
  const [header, payload, sign, ...more] = token.split('.')
  const key = expected.keys.find((each) => each.header === header)
  if (!key || payload === undefined || sign === undefined || more.length > 0) return 'foreign'
  const wanted = signature(`${header}.${payload}`, key.secret)
  if (!equal(Buffer.from(sign, 'base64url'), wanted)) return 'foreign'
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
  if (claims.iss !== expected.issuer || claims.aud !== AUDIENCE) return 'foreign'
  return claims.exp > expected.now ? claims : 'expired'
}

interface Expected {
  readonly keys: readonly TokenKey[]
  readonly issuer: string
  /** Seconds since 1970. */
  readonly now: number
}

function signature(text: string, secret: KeyObject): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
