import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { CancelledError } from '../../../errors/cancelled-error.ts'
import { OPERATION_TIMEOUT } from '../soap/shell-service.ts'
import { WinRMError } from '../winrm-error.ts'
import type { Endpoint } from './endpoint.ts'
import { proxyAuthorization, TunnelAgent } from './tunnel.ts'

/** The longest answer that is read: bytes. WinRM is asked for far less. */
export const REPLY_LIMIT = 4_194_304

/** How long a connection may take to come about: milliseconds. */
export const CONNECT_TIMEOUT = 30_000

/** How long an answer may take: milliseconds. A machine that is there answers within the time of its operations. */
export const REPLY_TIMEOUT = OPERATION_TIMEOUT * 1000 + 30_000

/** After how long an unused connection is closed, before the machine does: milliseconds. */
const IDLE_TIMEOUT = 60_000

/** What is posted. */
export interface Posted {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly signal: AbortSignal
}

/** What comes back, and on which socket: NTLM belongs to one. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly socket: Socket
}

/** One connection at a time, which is kept. */
export class Connection {
  readonly #endpoint: Endpoint
  readonly #agent: http.Agent

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#agent = agentFor(endpoint)
  }

  get endpoint(): Endpoint {
    return this.#endpoint
  }

  /**
   * @throws WinRMError `unreachable` when no answer comes, `protocol` when it is longer than {@link REPLY_LIMIT}.
   * @throws CancelledError when the signal is aborted.
   */
  async post(posted: Posted): Promise<Answered> {
    CancelledError.throwIf(posted.signal)
    try {
      return await this.#exchange(posted)
    } catch (cause) {
      CancelledError.throwIf(posted.signal)
      throw cause instanceof WinRMError ? cause : this.#unreachable(cause)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  async #exchange({ headers, body, signal }: Posted): Promise<Answered> {
    const request = this.#request({ ...headers, 'content-length': String(body.length) }, signal)
    let timer = setTimeout(() => request.destroy(silent('No connection', CONNECT_TIMEOUT)), CONNECT_TIMEOUT)
    request.on('finish', () => {
      clearTimeout(timer)
      timer = setTimeout(() => request.destroy(silent('No answer', REPLY_TIMEOUT)), REPLY_TIMEOUT)
    })
    try {
      const answered = once(request, 'response') as Promise<[IncomingMessage]>
      request.end(body)
      const [response] = await answered
      // A request lets go of a connection that is kept, once its answer is read.
      const { socket } = response
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await read(response),
        socket,
      }
    } finally {
      clearTimeout(timer)
    }
  }

  #request(headers: Record<string, string>, signal: AbortSignal): http.ClientRequest {
    const { url, proxy } = this.#endpoint
    const options = { method: 'POST', agent: this.#agent, headers, signal }
    if (url.protocol === 'https:') return https.request(url, options)
    if (!proxy) return http.request(url, options)
    const byProxy = { ...headers, host: url.host, ...proxyAuthorization(proxy) }
    return http.request({
      ...options,
      host: proxy.hostname,
      port: proxy.port || 80,
      path: url.href,
      headers: byProxy,
    })
  }

  #unreachable(cause: unknown): WinRMError {
    const said = cause instanceof Error ? cause.message : String(cause)
    const remedy = isUntrusted(cause) ? '; trust its certificate, or set winrm_insecure' : ''
    return new WinRMError(
      'unreachable',
      `WinRM cannot be reached at ${this.#endpoint.url.host}: ${said}${remedy}`,
      {
        cause,
      },
    )
  }
}

function agentFor({ url, insecure, proxy }: Endpoint): http.Agent {
  const options = { keepAlive: true, maxSockets: 1, timeout: IDLE_TIMEOUT }
  if (url.protocol === 'http:') return new http.Agent(options)
  const secure = { ...options, rejectUnauthorized: !insecure }
  return proxy ? new TunnelAgent(proxy, secure) : new https.Agent(secure)
}

function silent(what: string, milliseconds: number): Error {
  return new Error(`${what} within ${milliseconds / 1000} seconds`)
}

async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > REPLY_LIMIT)
      throw new WinRMError('protocol', `The answer is longer than ${REPLY_LIMIT} bytes: is this WinRM?`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isUntrusted(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)
}
