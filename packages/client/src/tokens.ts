import { oauth2 } from '@ingot/registry-api'
import { ClientError } from './client-error.ts'
import { refusedWith } from './refusal.ts'
import { type RetryRules, repeated } from './retry.ts'
import type { Incoming, Transport } from './transport.ts'

/** A token is fetched anew when it has no more than this left, in milliseconds. */
export const TOKEN_MARGIN_MS = 60_000
/** What packer's SDK asks tokens for, whatever registry it talks to. */
const AUDIENCE = 'https://api.hashicorp.cloud'

export interface TokenSettings {
  readonly transport: Transport
  readonly authUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly rules: RetryRules
}

/** Access tokens: one at a time is fetched, however many calls wait for it. */
export class Tokens {
  readonly #settings: TokenSettings
  #current: { readonly token: string; readonly until: number } | undefined
  #coming: Promise<string> | undefined

  constructor(settings: TokenSettings) {
    this.#settings = settings
  }

  /** @throws ClientError `unauthorized` when the registry does not know the id and secret */
  async get(): Promise<string> {
    if (this.#current && this.#settings.rules.clock.now() < this.#current.until) return this.#current.token
    this.#coming ??= this.#fetchRepeatedly().finally(() => {
      this.#coming = undefined
    })
    return this.#coming
  }

  /** Drops a token that was refused, unless a newer one has come already. */
  drop(token: string): void {
    if (this.#current?.token === token) this.#current = undefined
  }

  #fetchRepeatedly(): Promise<string> {
    return repeated(this.#settings.rules, () => this.#fetch(), { mayRepeat: (error) => error.transient })
  }

  async #fetch(): Promise<string> {
    const { transport, authUrl, rules } = this.#settings
    const asked = rules.clock.now()
    const answer = await transport.send(this.#request())
    if (answer.status !== 200) throw tokenRefused(answer, authUrl, asked)
    const { token, lifetimeMs } = readToken(answer.body, authUrl)
    this.#current = { token, until: asked + lifetimeMs - Math.min(TOKEN_MARGIN_MS, lifetimeMs / 2) }
    return token
  }

  #request() {
    const { authUrl, clientId, clientSecret } = this.#settings
    const credentials = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString(
      'base64',
    )
    return {
      method: oauth2.createToken.method,
      url: new URL(oauth2.createToken.path, authUrl),
      headers: {
        authorization: `Basic ${credentials}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', audience: AUDIENCE }).toString(),
    }
  }
}

/** RFC 6749 has id and secret form-encoded before they go into the header. */
function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}

function readToken(body: string, authUrl: string): { token: string; lifetimeMs: number } {
  const { access_token, expires_in } = parsed(body)
  const seconds = Number(expires_in)
  if (typeof access_token === 'string' && access_token !== '' && seconds > 0) {
    return { token: access_token, lifetimeMs: seconds * 1000 }
  }
  throw new ClientError('bad-answer', `${authUrl} answered without a token and its lifetime.`, {
    remedy: 'Check that HCP_AUTH_URL is the address of a registry.',
  })
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

function tokenRefused(answer: Incoming, authUrl: string, now: number): ClientError {
  if (answer.status !== 400 && answer.status !== 401 && answer.status !== 403) return refusedWith(answer, now)
  const { error, error_description } = parsed(answer.body)
  const reason = [error, error_description].filter((text) => typeof text === 'string').join(': ')
  return new ClientError('unauthorized', `${authUrl} gives no token: ${reason || `HTTP ${answer.status}`}.`, {
    remedy: 'Check HCP_CLIENT_ID and HCP_CLIENT_SECRET; for a local registry: eval "$(ingot env)".',
  })
}
