import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { type LocalAccess, localAccess } from '../src/index.ts'

/** What came back. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any
}

export interface Sent {
  readonly body?: unknown
  /** Sent instead of the local user's token; empty sends none. */
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Talks to the registry of a data directory as raw as tests need it, trusting its authority. */
export class WireClient {
  readonly dataDir: string
  #agent: Agent | undefined
  token = ''

  constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  get access(): LocalAccess {
    return localAccess(this.dataDir)
  }

  get port(): number {
    return Number(new URL(this.access.url).port)
  }

  /** The path below which everything of the local project lies, in the newer interface. */
  get project(): string {
    return this.#below('2023-01-01')
  }

  #below(version: string): string {
    const { organizationId, projectId } = this.access
    return `/packer/${version}/organizations/${organizationId}/projects/${projectId}`
  }

  #full(path: string): string {
    if (path.startsWith('P/')) return this.project + path.slice(1)
    return path.startsWith('Q/') ? this.#below('2021-04-30') + path.slice(1) : path
  }

  /** Forgets all connections. */
  disconnect(): void {
    this.#agent?.destroy()
    this.#agent = undefined
  }

  async signIn(): Promise<void> {
    const { clientId, clientSecret } = this.access
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' }
    const body = 'grant_type=client_credentials&audience=https%3A%2F%2Fapi.hashicorp.cloud'
    this.token = (await this.send('POST', '/oauth2/token', { body, headers })).json.access_token
  }

  /** Sends a request; a path that starts with `P/` is below the local project, one with `Q/` too, in the 2021 interface. */
  send(method: string, path: string, { body, token = this.token, headers = {} }: Sent = {}): Promise<Reply> {
    this.#agent ??= new Agent({ keepAlive: true, ca: readFileSync(this.access.caFile) })
    const payload = isRaw(body) ? body : JSON.stringify(body)
    const target = { host: '127.0.0.1', port: this.port, servername: 'localhost', agent: this.#agent }
    return new Promise((resolve, reject) => {
      const sent = request({
        ...{ ...target, method, path: this.#full(path) },
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(payload !== undefined && { 'content-type': 'application/json' }),
          ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
          ...headers,
        },
      })
      sent.on('error', reject)
      sent.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        response.on('error', reject)
        response.on('end', () => {
          const json = text === '' ? undefined : JSON.parse(text)
          resolve({ status: response.statusCode!, headers: response.headers, text, json })
        })
      })
      sent.end(payload)
    })
  }
}

function isRaw(body: unknown): body is string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
}
