import http from 'node:http'
import https, { type AgentOptions, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect } from 'node:tls'

/** TLS through a proxy, by CONNECT. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: URL
  readonly #remedy: string

  /** `remedy` is for a proxy that refuses. */
  constructor(proxy: URL, options: AgentOptions, remedy = 'set winrm_no_proxy to go without it') {
    super(options)
    this.#proxy = proxy
    this.#remedy = remedy
  }

  override createConnection(
    options: RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { hostname, port } = this.#proxy
    const fail = (error: Error) => done?.(error, undefined as never)
    const path = `${options.host}:${options.port}`
    const headers = { host: path, ...proxyAuthorization(this.#proxy) }
    http
      .request({ method: 'CONNECT', host: hostname, port: port || 80, path, headers, agent: false })
      .on('error', fail)
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return done?.(null, connect({ ...(options as ConnectionOptions), socket }))
        socket.destroy()
        fail(new Error(`The proxy ${hostname} answers ${statusCode}: ${this.#remedy}`))
      })
      .end()
  }
}

/** The header by which a proxy knows who asks, where its address has a user. */
export function proxyAuthorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {}
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` }
}
