import type { Duplex } from 'node:stream'
import { Broker } from '../broker/broker.ts'
import type { Component } from '../components.ts'
import { RpcServer } from '../net-rpc/server.ts'
import type { ServiceTable } from '../net-rpc/service-table.ts'
import { serveBuilder } from '../services/builder.ts'
import { serveDatasource } from '../services/datasource.ts'
import { aborted, logCall, onAbort, type Peer } from '../services/peer.ts'
import { servePostProcessor } from '../services/post-processor.ts'
import { serveProvisioner } from '../services/provisioner.ts'
import { Runs } from '../services/runs.ts'
import { settledWithin } from '../settled-within.ts'
import { Session } from '../yamux/session.ts'

/** The stream that every connection begins with. */
const ROOT = 0

/** Milliseconds that open calls have to clean up after the host has gone. */
export const HOST_GONE_GRACE = 500

/** Milliseconds that open calls have to clean up after an error that nothing caught. */
export const UNCAUGHT_GRACE = 1_000

export interface ServeComponentOptions {
  readonly protobuf: boolean
  readonly log: (line: string) => void
  /** Aborts when the component is to leave before its host does. */
  readonly leave?: AbortSignal | undefined
}

/** A component at work for a host. */
export class ServedComponent {
  /** Resolves when the host has left and what it called has ended or had its time; rejects when it never came. */
  readonly ended: Promise<void>
  readonly #component: Component
  readonly #peer: Peer
  readonly #session: Session
  readonly #runs = new Runs()
  readonly #leave: AbortSignal | undefined
  #server: RpcServer | undefined

  constructor(transport: Duplex, component: Component, { protobuf, log, leave }: ServeComponentOptions) {
    this.#component = component
    this.#leave = leave
    this.#session = new Session(transport, 'plugin')
    this.#peer = { broker: new Broker(this.#session), protobuf, log }
    this.ended = this.#serve()
  }

  /**
   * An error in author code that no call of it caught: the calls that are open are cancelled and answered with it.
   * Resolves with the number of calls.
   */
  async failOpenCalls(error: unknown): Promise<number> {
    this.#runs.cancelOpen(error)
    return (await this.#server?.failOpenCalls(error, UNCAUGHT_GRACE)) ?? 0
  }

  async #serve(): Promise<void> {
    try {
      const stream = await this.#peer.broker.accept(ROOT).stream
      const { log } = this.#peer
      const server = new RpcServer(stream, this.#services(), { onError: (...of) => logCall(log, ...of) })
      this.#server = server
      await Promise.race([server.callerLeft, this.#left(server)])
      this.#runs.cancel(aborted('The host of this plugin has gone.'))
      await settledWithin(server.ended, HOST_GONE_GRACE)
    } finally {
      await this.#session.close()
    }
  }

  /** Resolves when this end was told to leave and has answered what was open. */
  async #left(server: RpcServer): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#leave) onAbort(this.#leave, resolve)
    })
    await server.close()
  }

  #services(): ServiceTable {
    const component = this.#component
    if ('builder' in component) return serveBuilder(component.builder, this.#peer, this.#runs)
    if ('provisioner' in component) return serveProvisioner(component.provisioner, this.#peer, this.#runs)
    if ('postProcessor' in component)
      return servePostProcessor(component.postProcessor, this.#peer, this.#runs)
    return serveDatasource(component.datasource, this.#peer, this.#runs)
  }
}
