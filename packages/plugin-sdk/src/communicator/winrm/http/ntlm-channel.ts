import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { accountOf } from '../ntlm/keys.ts'
import { NtlmError } from '../ntlm/ntlm-error.ts'
import { NtlmLogin, type NtlmSession, type NtlmSources } from '../ntlm/ntlm-login.ts'
import { WinRMError } from '../winrm-error.ts'
import { type Channel, isNtlmScheme, SOAP_TYPE, schemesIn, soapOf, unauthorized } from './channel.ts'
import { type Answered, Connection } from './connection.ts'
import { ENCRYPTED_TYPE, readEncrypted, writeEncrypted } from './encrypted-body.ts'
import type { Endpoint } from './endpoint.ts'

/** Who logs in, and what that takes. */
export interface NtlmOptions extends NtlmSources {
  readonly username: string
  readonly password: string
}

interface LoggedIn extends NtlmSession {
  readonly socket: Socket
}

/** NTLM, which logs a connection in; without TLS what follows is encrypted by it. */
export class NtlmChannel implements Channel {
  readonly #connection: Connection
  readonly #options: NtlmOptions
  readonly #isSealed: boolean
  #session: LoggedIn | undefined

  constructor(endpoint: Endpoint, options: NtlmOptions) {
    this.#connection = new Connection(endpoint)
    this.#options = options
    this.#isSealed = endpoint.url.protocol === 'http:'
  }

  async send(envelope: string, signal: AbortSignal): Promise<string> {
    const kept = this.#session
    if (kept && !kept.socket.destroyed) {
      const answer = await this.#post(kept, envelope, signal)
      // Refused before it was looked at: the machine has closed the connection that was logged in.
      if (answer.status !== 401) return this.#open(kept, answer)
    }
    this.#session = await asWinRM(() => this.#login(signal))
    const answer = await this.#post(this.#session, envelope, signal)
    if (answer.status === 401) throw unauthorized(answer.headers, 'NTLM')
    return this.#open(this.#session, answer)
  }

  close(): void {
    this.#connection.close()
  }

  #post(session: LoggedIn, envelope: string, signal: AbortSignal): Promise<Answered> {
    const message = Buffer.from(envelope)
    const body = this.#isSealed ? writeEncrypted(session.outgoing.seal(message)) : message
    const headers = { 'content-type': this.#isSealed ? ENCRYPTED_TYPE : SOAP_TYPE }
    return this.#connection.post({ headers, body, signal })
  }

  /** What is not encrypted where it should be may come from anybody. */
  #open(session: LoggedIn, answer: Answered): Promise<string> {
    return asWinRM(async () => {
      if (!this.#isSealed) return soapOf(answer)
      if (!answer.headers['content-type']?.startsWith('multipart/encrypted'))
        throw new WinRMError(
          'protocol',
          `WinRM answered without encryption, with HTTP status ${answer.status}`,
        )
      const { signature, sealed } = readEncrypted(answer.body)
      return session.incoming.unseal(signature, sealed).toString('utf8')
    })
  }

  async #login(signal: AbortSignal): Promise<LoggedIn> {
    const { username, password } = this.#options
    const login = new NtlmLogin(accountOf(username, password), this.#options)
    const offer = await this.#authorize('Negotiate', login.negotiate, signal)
    const challenge = challengeIn(offer.headers)
    if (offer.status !== 401 || !challenge) throw unauthorized(offer.headers, 'NTLM')
    const { message, session } = login.authenticate(challenge.token)
    const answer = await this.#authorize(challenge.scheme, message, signal)
    if (answer.status === 401) throw unauthorized(answer.headers, 'NTLM')
    if (answer.socket !== offer.socket)
      throw new WinRMError('unreachable', 'WinRM closed the connection in the middle of the login')
    return { ...session, socket: answer.socket }
  }

  #authorize(scheme: string, token: Buffer, signal: AbortSignal): Promise<Answered> {
    const headers = { authorization: `${scheme} ${token.toString('base64')}`, 'content-type': SOAP_TYPE }
    return this.#connection.post({ headers, body: Buffer.alloc(0), signal })
  }
}

function challengeIn(headers: IncomingHttpHeaders) {
  const scheme = schemesIn(headers).find(isNtlmScheme)
  const token = /(?:Negotiate|NTLM)\s+([A-Za-z0-9+/=]+)/.exec(headers['www-authenticate'] ?? '')?.[1]
  return scheme && token ? { scheme, token: Buffer.from(token, 'base64') } : undefined
}

async function asWinRM<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof NtlmError) throw new WinRMError('protocol', error.message, { cause: error })
    throw error
  }
}
