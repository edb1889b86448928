import type { Client } from 'ssh2'
import { messageOf } from '../../errors/message-of.ts'
import type { SshSettings } from '../settings/ssh-settings.ts'
import { agentPath } from './agent.ts'
import { readCredentials } from './credentials.ts'
import { shakeHands } from './handshake.ts'
import { type Address, openRoute, type RouteOptions, written } from './route.ts'
import { SshError } from './ssh-error.ts'
import { openTunnels } from './tunnels.ts'

/** How often to ask whether a machine is still there unless told: milliseconds. */
const KEEP_ALIVE_INTERVAL = 5000

/** What a link leads to, and how. */
export interface LinkOptions extends RouteOptions {
  readonly to: Address
  readonly settings: SshSettings
}

/**
 * The way to a machine that lasts for a build: a connection that is opened anew, once for each use, where it has
 * ended, as when the machine reboots.
 */
export class Link {
  readonly #options: LinkOptions
  #client: Promise<Client> | undefined
  #isClosed = false
  /** Whether the machine takes agents; known once it has refused one. */
  #takesAgent = true

  constructor(options: LinkOptions) {
    this.#options = options
  }

  /** What it leads to, for messages. */
  get name(): string {
    return written(this.#options.to)
  }

  /** Logs in; `limit` ends the waiting. @throws SshError */
  async open(limit: AbortSignal): Promise<void> {
    this.#client = this.#connect(limit)
    await this.#client
  }

  /** Ends it; what runs over it is told that it has been disconnected. */
  async close(): Promise<void> {
    this.#isClosed = true
    const client = await this.#client?.catch(() => undefined)
    client?.end()
  }

  /** Opens something over it, over a new connection if the present one has ended. @throws SshError */
  async use<T>(open: (client: Client) => Promise<T>): Promise<T> {
    const present = this.#client
    const client = await this.#connected()
    try {
      return await open(client)
    } catch (error) {
      // One that was opened just now, or that still lives, would do no better.
      if (client !== (await present?.catch(() => undefined)) || isAlive(client)) throw this.#readable(error)
      // Another user of the same ended connection may have opened a new one already.
      if (this.#client === present) this.#client = undefined
      return open(await this.#connected()).catch((second) => Promise.reject(this.#readable(second)))
    }
  }

  /** Whether commands get the local agent along. */
  get forwardsAgent(): boolean {
    return this.#takesAgent && this.#forwardedAgent() !== undefined
  }

  /** The machine does not take agents. */
  withoutAgent(): void {
    this.#takesAgent = false
  }

  #connected(): Promise<Client> {
    if (this.#isClosed)
      throw new SshError('disconnected', `The connection to ${this.name} was closed by the build`)
    this.#client ??= this.#connect(this.#options.signal)
    return this.#client
  }

  async #connect(signal: AbortSignal): Promise<Client> {
    try {
      const client = await this.#logIn(signal)
      client.once('close', () => {
        this.#client = undefined
      })
      return client
    } catch (error) {
      this.#client = undefined
      throw error
    }
  }

  async #logIn(signal: AbortSignal): Promise<Client> {
    const { to, settings, ask } = this.#options
    const credentials = await readCredentials(settings)
    const connection = await openRoute(to, settings, { signal, ...(ask ? { ask } : {}) })
    const { ciphers, keyExchanges, isHostKey, keepAliveInterval = KEEP_ALIVE_INTERVAL } = settings
    const client = await shakeHands(connection, {
      name: this.name,
      credentials,
      keepAliveInterval,
      forwardedAgent: this.#forwardedAgent(),
      ...(ciphers ? { ciphers } : {}),
      ...(keyExchanges ? { keyExchanges } : {}),
      ...(isHostKey ? { isHostKey } : {}),
      signal,
    })
    await openTunnels(client, settings)
    return client
  }

  #forwardedAgent(): string | undefined {
    const { forwardAgent = true } = this.#options.settings
    return forwardAgent ? agentPath(process.env) : undefined
  }

  #readable(error: unknown): Error {
    if (error instanceof SshError) return error
    return new SshError('disconnected', `${this.name}: ${messageOf(error)}`, error)
  }
}

function isAlive(client: Client): boolean {
  return (client as unknown as { readonly _sock?: { readonly writable?: boolean } })._sock?.writable === true
}
