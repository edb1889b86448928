import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Authentication, type AuthenticationOptions, open, seal } from './authentication.ts'
import { envelope, Fault, faultEnvelope, Shells } from './shells.ts'
import { WindowsMachine } from './windows-machine.ts'

/** How the server behaves. */
export interface ServerOptions extends Partial<AuthenticationOptions> {
  /** TLS, with this key and certificate. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** After how many milliseconds without output a call is answered; the client says unless told. */
  readonly patience?: number
  /** May answer an envelope in the place of the shells, or throw a {@link Fault}. */
  readonly intercept?: (xml: string, count: number) => string | undefined
}

/** A machine with WinRM, on this one. */
export class WinRMServer implements AsyncDisposable {
  /** The folder that is drive C. */
  readonly root = mkdtempSync(join(tmpdir(), 'ingot-winrm-'))
  readonly shells: Shells
  /** How many requests came with an envelope. */
  count = 0
  /** Changes the envelopes of answers. */
  rewrite: (xml: string) => string = (xml) => xml
  /** Changes encrypted answers; undefined leaves the encryption out. */
  spoil: (body: Buffer) => Buffer | undefined = (body) => body
  /** How many of them were encrypted. */
  sealed = 0
  readonly #server: http.Server
  readonly #authentication: Authentication
  readonly #intercept: ServerOptions['intercept']

  constructor({ tls, patience, intercept, ...options }: ServerOptions) {
    mkdirSync(join(this.root, 'Temp'))
    this.shells = new Shells(new WindowsMachine(this.root), patience)
    this.#intercept = intercept
    this.#authentication = new Authentication(
      {
        username: 'Administrator',
        password: 'pässword',
        basic: true,
        negotiate: true,
        allowUnencrypted: false,
        ntlm: { tellsTime: true },
        ...options,
      },
      tls !== undefined,
    )
    const serve = (request: IncomingMessage, response: ServerResponse) => void this.#serve(request, response)
    this.#server = tls ? https.createServer(tls, serve) : http.createServer(serve)
  }

  async listen(port = 0): Promise<this> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Cuts every connection and takes no more. */
  async die(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    this.shells.endAll()
    await closed
  }

  /** Cuts the connections that are there. */
  cut(): void {
    this.#server.closeAllConnections()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.listening) await this.die()
    rmSync(this.root, { recursive: true, force: true })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response)
    } catch {
      // The client went away in the middle.
      response.destroy()
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    const admission = this.#authentication.admit(request, body.length)
    if (admission.kind === 'refused') {
      response.writeHead(401, { 'www-authenticate': admission.challenges }).end()
      return
    }
    if (admission.kind === 'unencrypted' || body.length === 0) {
      response.writeHead(admission.kind === 'unencrypted' ? 500 : 200).end()
      return
    }
    const { session } = admission
    if (session) this.sealed += 1
    const { status, xml } = await this.#reply(open(session, body))
    const sealed = session && this.spoil(seal(session, this.rewrite(xml)))
    const type = sealed ? request.headers['content-type']! : 'application/soap+xml;charset=UTF-8'
    response.writeHead(status, { 'content-type': type }).end(sealed ?? this.rewrite(xml))
  }

  async #reply(xml: string): Promise<{ status: number; xml: string }> {
    this.count += 1
    try {
      const replied = this.#intercept?.(xml, this.count) ?? envelope(await this.shells.answer(xml), xml)
      return { status: 200, xml: replied }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return { status: 500, xml: faultEnvelope(error, xml) }
    }
  }
}
