import { JOSEError, JWKSNoMatchingKey, JWTExpired } from 'jose/errors'
import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import type { TokenKey } from './signing-keys.ts'

/** Seconds that a token is good for. Stock clients cache it that long and never ask again, not even after a 401. */
export const TOKEN_LIFETIME = 3600

/** What clients name as audience, whatever registry they talk to. */
export const AUDIENCE = 'https://api.hashicorp.cloud'

/** Longer ones are refused unread; ours have some 350 characters. */
const MAX_TOKEN = 4096

const algorithm = 'HS256'
const type = 'JWT'

/** What an access token says. Times are seconds since 1970. */
export type Claims = {
  /** The registry that made it. */
  readonly iss: string
  readonly aud: string
  /** The principal's id. */
  readonly sub: string
  /** The key that the token was given for (RFC 9068). */
  readonly client_id: string
  readonly iat: number
  readonly exp: number
}

/** Why a token is not accepted. */
export type TokenFault = 'foreign' | 'expired'

/** A signed token (JWT, HS256). */
export function signToken(claims: Claims, { id, secret }: TokenKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid: id, typ: type }).sign(secret)
}

/** What a token says: its signature, issuer and audience must be ours, and `now` (in seconds) before its end. */
export async function readToken(token: string, expected: Expected): Promise<Claims | TokenFault> {
  if (token.length > MAX_TOKEN) return 'foreign'
  try {
    const { payload } = await jwtVerify<Claims>(token, ({ kid }) => secretOf(kid, expected.keys), {
      algorithms: [algorithm],
      typ: type,
      issuer: expected.issuer,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'client_id', 'iat', 'exp'],
      currentDate: new Date(expected.now * 1000),
    })
    return payload
  } catch (error) {
    if (error instanceof JWTExpired) return 'expired'
    if (error instanceof JOSEError) return 'foreign'
    throw error
  }
}

interface Expected {
  readonly keys: readonly TokenKey[]
  readonly issuer: string
  /** Seconds since 1970. */
  readonly now: number
}

function secretOf(kid: string | undefined, keys: readonly TokenKey[]): TokenKey['secret'] {
  const key = keys.find(({ id }) => id === kid)
  if (!key) throw new JWKSNoMatchingKey()
  return key.secret
}
