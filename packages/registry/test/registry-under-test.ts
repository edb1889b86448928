import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalAccess, localAccess, type RunningRegistry, startRegistry } from '../src/index.ts'

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

/** A real registry on a free port, in a directory of its own, and a client that trusts its authority. */
export class RegistryUnderTest {
  readonly dataDir: string
  #running: RunningRegistry | undefined
  #agent = new Agent()
  token = ''

  private constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  static async start(): Promise<RegistryUnderTest> {
    const registry = new RegistryUnderTest(await mkdtemp(join(tmpdir(), 'ingot-registry-')))
    await registry.up()
    registry.token = await registry.fetchToken()
    return registry
  }

  async up(): Promise<void> {
    this.#running = await startRegistry({ dataDir: this.dataDir, listen: '127.0.0.1:0' })
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(this.access.caFile) })
  }

  async down(): Promise<void> {
    this.#agent.destroy()
    await this.#running?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down()
    await rm(this.dataDir, { recursive: true, force: true })
  }

  get access(): LocalAccess {
    return localAccess(this.dataDir)
  }

  get port(): number {
    return this.#running!.port
  }

  /** The path below which everything of the local project lies. */
  get project(): string {
    const { organizationId, projectId } = this.access
    return `/packer/2023-01-01/organizations/${organizationId}/projects/${projectId}`
  }

  async fetchToken(): Promise<string> {
    const { clientId, clientSecret } = this.access
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' }
    const body = 'grant_type=client_credentials&audience=https%3A%2F%2Fapi.hashicorp.cloud'
    return (await this.send('POST', '/oauth2/token', { body, headers })).json.access_token
  }

  /** Sends a request; a path that starts with `P/` is below the local project. */
  send(method: string, path: string, { body, token = this.token, headers = {} }: Sent = {}): Promise<Reply> {
    const full = path.startsWith('P/') ? this.project + path.slice(1) : path
    const payload =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{
            host: '127.0.0.1',
            port: this.port,
            servername: 'localhost',
            agent: this.#agent,
            method,
            path: full,
          },
          headers: {
            ...(token && { authorization: `Bearer ${token}` }),
            ...(payload !== undefined && { 'content-type': 'application/json' }),
            ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }),
            ...headers,
          },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk) => {
            text += chunk
          })
          response.on('error', reject)
          response.on('end', () => resolve(reply(response.statusCode!, response.headers, text)))
        },
      )
      sent.on('error', reject)
      sent.end(payload)
    })
  }
}

function reply(status: number, headers: IncomingHttpHeaders, text: string): Reply {
  return { status, headers, text, json: text === '' ? undefined : JSON.parse(text) }
}
