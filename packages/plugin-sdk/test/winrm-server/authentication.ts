import type { IncomingMessage } from 'node:http'
import { readEncrypted, writeEncrypted } from '../../src/communicator/winrm/http/encrypted-body.ts'
import { accountOf } from '../../src/communicator/winrm/ntlm/keys.ts'
import { type AcceptedSession, type AcceptorOptions, NtlmAcceptor } from './ntlm-acceptor.ts'

/** Who may come in, and how. */
export interface AuthenticationOptions {
  readonly username: string
  readonly password: string
  readonly basic: boolean
  readonly negotiate: boolean
  /** Whether messages may come as they are over HTTP. */
  readonly allowUnencrypted: boolean
  readonly ntlm: AcceptorOptions
}

/** What the server makes of a request's head. */
export type Admission =
  | { readonly kind: 'refused'; readonly challenges: string[] }
  | { readonly kind: 'unencrypted' }
  | { readonly kind: 'admitted'; readonly session: AcceptedSession | undefined }

/** Remembers who is logged in on which connection, as Windows does. */
export class Authentication {
  readonly #options: AuthenticationOptions
  readonly #isSecure: boolean
  readonly #acceptors = new WeakMap<object, NtlmAcceptor>()
  readonly #sessions = new WeakMap<object, AcceptedSession>()

  constructor(options: AuthenticationOptions, isSecure: boolean) {
    this.#options = options
    this.#isSecure = isSecure
  }

  admit({ headers, socket }: IncomingMessage, bodyLength: number): Admission {
    const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ')
    if (scheme === 'Basic' && this.#takesBasic) return this.#basic(Buffer.from(token, 'base64').toString())
    if (/^(Negotiate|NTLM)$/.test(scheme) && this.#options.negotiate)
      return this.#negotiate(socket, scheme, Buffer.from(token, 'base64'))
    const session = this.#sessions.get(socket)
    if (!session) return this.#refusal()
    const isEncrypted = headers['content-type']?.startsWith('multipart/encrypted') ?? false
    if (!isEncrypted && bodyLength > 0 && !this.#options.allowUnencrypted && !this.#isSecure)
      return { kind: 'unencrypted' }
    return { kind: 'admitted', session: isEncrypted ? session : undefined }
  }

  get #takesBasic(): boolean {
    return this.#options.basic && (this.#isSecure || this.#options.allowUnencrypted)
  }

  #basic(account: string): Admission {
    const { username, password } = this.#options
    return account === `${username}:${password}` ? { kind: 'admitted', session: undefined } : this.#refusal()
  }

  #negotiate(socket: object, scheme: string, message: Buffer): Admission {
    const { username, password, ntlm } = this.#options
    const acceptor = this.#acceptors.get(socket) ?? new NtlmAcceptor(accountOf(username, password), ntlm)
    this.#acceptors.set(socket, acceptor)
    const challenge = acceptor.challenge(message)
    if (challenge) return { kind: 'refused', challenges: [`${scheme} ${challenge.toString('base64')}`] }
    const session = acceptor.accept(message)
    if (!session) return this.#refusal()
    this.#sessions.set(socket, session)
    return { kind: 'admitted', session: undefined }
  }

  #refusal(): Admission {
    const offers = [
      ...(this.#options.negotiate ? ['Negotiate'] : []),
      ...(this.#takesBasic ? ['Basic realm="WSMAN"'] : []),
    ]
    return { kind: 'refused', challenges: offers }
  }
}

export function open(session: AcceptedSession | undefined, body: Buffer): string {
  if (!session) return body.toString()
  const { signature, sealed } = readEncrypted(body)
  return session.incoming.unseal(signature, sealed).toString()
}

export function seal(session: AcceptedSession, text: string): Buffer {
  return writeEncrypted(session.outgoing.seal(Buffer.from(text)))
}
