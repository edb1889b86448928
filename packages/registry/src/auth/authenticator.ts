import type { Caller } from '../domain/caller.ts'
import type { Credential } from '../domain/principal.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Clock } from '../domain/time.ts'
import type { Registry } from '../registry/registry.ts'
import { AUDIENCE, readToken, signToken, TOKEN_LIFETIME } from './access-token.ts'
import type { TokenKey } from './signing-keys.ts'

/** Tokens whose signature was checked and is not checked again. */
export const MAX_VERIFIED_TOKENS = 10_000
/** Milliseconds after which a principal's rights are read anew: another process may have changed them. */
export const PRINCIPAL_FRESH = 1000

export interface AuthenticatorParts {
  readonly registry: Registry
  readonly clock: Clock
  /** Names this registry in its tokens. */
  readonly issuer: string
  /** The first signs. */
  readonly keys: readonly TokenKey[]
}

interface Verified {
  readonly clientId: string
  /** Seconds since 1970. */
  readonly expires: number
  caller: Caller
  readAt: number
  /** The revision of rights that the caller was read at. */
  revision: number
}

/** Makes access tokens, and tells from one who calls. */
export class Authenticator {
  readonly #parts: AuthenticatorParts
  readonly #verified = new Map<string, Verified>()

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts
  }

  /** A token for who holds the key, good for `TOKEN_LIFETIME` seconds and while the key is there. */
  issue({ clientId, principal }: Pick<Credential, 'clientId' | 'principal'>): Promise<string> {
    const now = this.#seconds()
    const { issuer, keys } = this.#parts
    const times = { iat: now, exp: now + TOKEN_LIFETIME }
    const claims = { iss: issuer, aud: AUDIENCE, sub: principal.id, client_id: clientId, ...times }
    return signToken(claims, keys[0]!)
  }

  /** Who calls, by the `Authorization` header. Throws a `Refusal` when that cannot be told. */
  async caller(authorization: string | undefined): Promise<Caller> {
    const token = /^bearer /i.test(authorization ?? '') ? authorization!.slice('bearer '.length).trim() : ''
    if (token === '') throw new Refusal('token.absent', {})
    const known = this.#verified.get(token)
    if (!known) return this.#verify(token)
    if (known.expires <= this.#seconds()) {
      this.#verified.delete(token)
      throw new Refusal('token.expired', {})
    }
    return this.#fresh(token, known)
  }

  async #verify(token: string): Promise<Caller> {
    const { keys, issuer, clock } = this.#parts
    const claims = await readToken(token, { keys, issuer, now: this.#seconds() })
    if (claims === 'expired') throw new Refusal('token.expired', {})
    if (claims === 'foreign') throw new Refusal('token.foreign', {})
    const { revision } = this.#parts.registry.principals
    const caller = await this.#read(claims.client_id)
    if (this.#verified.size >= MAX_VERIFIED_TOKENS) this.#verified.delete(this.#verified.keys().next().value!)
    const { client_id: clientId, exp: expires } = claims
    this.#verified.set(token, { clientId, expires, caller, readAt: clock.now(), revision })
    return caller
  }

  async #fresh(token: string, known: Verified): Promise<Caller> {
    const now = this.#parts.clock.now()
    const { revision } = this.#parts.registry.principals
    const isFresh = now - known.readAt < PRINCIPAL_FRESH && now >= known.readAt
    if (isFresh && known.revision === revision) return known.caller
    this.#verified.delete(token)
    known.caller = await this.#read(known.clientId)
    known.readAt = now
    known.revision = revision
    this.#verified.set(token, known)
    return known.caller
  }

  async #read(clientId: string): Promise<Caller> {
    const credential = await this.#parts.registry.principals.credential(clientId)
    if (!credential) throw new Refusal('principal.gone', {})
    const { id, name, kind, grants, organizationId, projectId } = credential.principal
    return {
      ...{ principalId: id, principalName: name, kind, grants, organizationId },
      ...(projectId !== undefined && { projectId }),
    }
  }

  #seconds(): number {
    return Math.floor(this.#parts.clock.now() / 1000)
  }
}
