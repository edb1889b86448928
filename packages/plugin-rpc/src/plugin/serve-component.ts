import type { Duplex } from 'node:stream'
import { Broker } from '../broker/broker.ts'
import type { Builder, Datasource } from '../components.ts'
import { RpcServer } from '../net-rpc/server.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { serveBuilder } from '../services/builder.ts'
import { serveDatasource } from '../services/datasource.ts'
import { aborted, logCall, type Peer } from '../services/peer.ts'
import { settledWithin } from '../settled-within.ts'
import { Session } from '../yamux/session.ts'

/** The stream that every connection begins with. */
const ROOT = 0

/** Milliseconds that open calls have to clean up after the host has gone. */
export const HOST_GONE_GRACE = 500

/** Milliseconds that open calls have to clean up after an error that nothing caught. */
export const UNCAUGHT_GRACE = 1_000

export type Component = { readonly builder: Builder } | { readonly datasource: Datasource }

export interface ServeComponentOptions {
  readonly protobuf: boolean
  readonly log: (line: string) => void
}

/** A component at work for a host. */
export class ServedComponent {
  /** Resolves when the host has left and what it called has ended or had its time; rejects when it never came. */
  readonly ended: Promise<void>
  readonly #component: Component
  readonly #peer: Peer
  readonly #session: Session
  readonly #cancel = new AbortController()
  #server: RpcServer | undefined

  constructor(transport: Duplex, component: Component, { protobuf, log }: ServeComponentOptions) {
    this.#component = component
    this.#session = new Session(transport, 'plugin')
    this.#peer = { broker: new Broker(this.#session), protobuf, log }
    this.ended = this.#serve()
  }

  /**
   * An error in author code that no call of it caught: the calls that are open are cancelled and answered with it.
   * Resolves with the number of calls.
   */
  async failOpenCalls(error: unknown): Promise<number> {
    this.#cancel.abort(error)
    return (await this.#server?.failOpenCalls(error, UNCAUGHT_GRACE)) ?? 0
  }

  async #serve(): Promise<void> {
    try {
      const stream = await this.#peer.broker.accept(ROOT).stream
      const { log } = this.#peer
      this.#server = new RpcServer(stream, this.#services(), { onError: (...of) => logCall(log, ...of) })
      await this.#server.callerLeft
      this.#cancel.abort(aborted('The host of this plugin has gone.'))
      await settledWithin(this.#server.ended, HOST_GONE_GRACE)
    } finally {
      await this.#session.close()
    }
  }

  #services(): ServiceTable {
    return 'builder' in this.#component
      ? serveBuilder(this.#component.builder, this.#peer, this.#cancel)
      : serveDatasource(this.#component.datasource, this.#peer, this.#cancel)
  }
}
