import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Refusal } from '../domain/refusal.ts'
import { RegistryStartError, reasonOf } from '../start-error.ts'
import { refused } from './answer.ts'
import { discard, malformed } from './body.ts'
import {
  HEADERS_TIMEOUT,
  KEEP_ALIVE,
  MAX_CONNECTIONS,
  MAX_HEADERS,
  REQUEST_TIMEOUT,
  STOP_GRACE,
} from './limits.ts'

export interface ListenerParts {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly key: string
  /** The server's certificate and its authority's. */
  readonly cert: string
  readonly handle: RequestListener
}

/** The open port. */
export class Listener {
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async open({ host, port, key, cert, handle }: ListenerParts): Promise<Listener> {
    const server = createServer(
      {
        key,
        cert,
        maxHeaderSize: MAX_HEADERS,
        handshakeTimeout: HEADERS_TIMEOUT,
        headersTimeout: HEADERS_TIMEOUT,
        requestTimeout: REQUEST_TIMEOUT,
        keepAliveTimeout: KEEP_ALIVE,
      },
      handle,
    )
    server.maxConnections = MAX_CONNECTIONS
    server.on('clientError', answerUnreadable)
    server.on('checkExpectation', handle) // Node would answer an unknown one without a body
    server.listen({ host, port })
    try {
      await once(server, 'listening')
    } catch (error) {
      throw listenError(error, host, port)
    }
    return new Listener(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** New connections see this certificate; open ones keep theirs. */
  renew(identity: { readonly key: string; readonly cert: string }): void {
    this.#server.setSecureContext(identity)
  }

  /** Takes no more connections and waits for the requests in flight, at most for the grace period. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeIdleConnections()
    const late = setTimeout(() => this.#server.closeAllConnections(), STOP_GRACE)
    await closed
    clearTimeout(late)
  }
}

/** What is no HTTP gets the error envelope too, as far as anybody listens. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const { status, body } = refused(unreadable(error.code))
  discard(socket)
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function unreadable(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return malformed(`path and headers are longer than ${MAX_HEADERS} bytes together`)
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return malformed('it did not arrive in time')
  return malformed('it is not HTTP')
}

function listenError(error: unknown, host: string, port: number): RegistryStartError {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (taken) return RegistryStartError.of('listen.taken', { address }, error)
  return RegistryStartError.of('listen.refused', { address, reason: reasonOf(error) }, error)
}
