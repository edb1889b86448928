import { decodeMessagePack } from '../message-pack/decode.ts'
import { settledWithin } from '../settled-within.ts'
import { WireError } from '../wire-error.ts'
import type { YamuxStream } from '../yamux/stream.ts'
import { decodeRequestHeader, encodeResponse, type RequestHeader } from './envelope.ts'
import { errorText } from './error-text.ts'
import { type Message, readMessages } from './message-reader.ts'
import type { ServiceTable } from './service-table.ts'

/** Calls of one stream that are answered at once; the next ones wait unread. */
export const MAX_OPEN_CALLS = 1_024

/** The body of every answer that is an error; Go's clients read one and drop it. */
const NO_REPLY = {}

export interface RpcServerOptions {
  /** An author's error in full, for the log; the other end gets only its message. */
  readonly onError?: (method: string, error: unknown) => void
}

interface OpenCall extends RequestHeader {
  /** In place of what its method returns. */
  failure?: { readonly error: unknown }
  answered: boolean
}

/** Answers the calls that come on a stream, each as soon as it is done. */
export class RpcServer {
  /** Resolves when the other end sends no more calls, for whatever reason. */
  readonly callerLeft: Promise<void>
  /** Resolves when the caller has left, or the stream was closed here, and every call is done. */
  readonly ended: Promise<void>
  readonly #stream: YamuxStream
  readonly #services: ServiceTable
  readonly #options: RpcServerOptions
  readonly #open = new Set<OpenCall>()
  readonly #running = new Set<Promise<void>>()
  #closed = false

  constructor(stream: YamuxStream, services: ServiceTable, options: RpcServerOptions = {}) {
    this.#stream = stream
    this.#services = services
    this.#options = options
    this.callerLeft = this.#receive()
    this.ended = this.callerLeft.then(() => this.close())
  }

  /** Answers what is open and then ends the stream; calls that come later are not answered. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#running)
    this.#stream.discard()
    void this.#stream.close()
  }

  /**
   * Lets every open call end with this error, whatever its method does: when the method has come to its end, or
   * after so many milliseconds. Resolves with the number of calls.
   */
  async failOpenCalls(error: unknown, grace: number): Promise<number> {
    const open = [...this.#open]
    for (const call of open) call.failure ??= { error }
    await settledWithin(Promise.all(this.#running), grace)
    await Promise.all(open.map((call) => this.#answer(call, errorText(error), NO_REPLY)))
    return open.length
  }

  async #receive(): Promise<void> {
    try {
      for await (const message of readMessages(this.#stream)) {
        if (this.#closed) return
        this.#begin(message)
        while (this.#running.size >= MAX_OPEN_CALLS) await Promise.race(this.#running)
      }
    } catch (error) {
      // A host ends a connection without a word; anything else is worth one.
      const ordinary = this.#closed || (error instanceof WireError && error.code === 'wire.lost')
      if (!ordinary) this.#options.onError?.('', error)
      this.#stream.reset()
    }
  }

  #begin(message: Message): void {
    const call: OpenCall = { ...decodeRequestHeader(message.header), answered: false }
    this.#open.add(call)
    const running = this.#run(call, message.body).finally(() => this.#running.delete(running))
    this.#running.add(running)
  }

  async #run(call: OpenCall, body: Uint8Array): Promise<void> {
    try {
      const method = this.#services.find(call.method)
      const reply = await method(decodeMessagePack(body))
      if (call.failure) throw call.failure.error
      await this.#answer(call, '', reply)
    } catch (error) {
      this.#options.onError?.(call.method, error)
      await this.#answer(call, errorText(call.failure?.error ?? error), NO_REPLY)
    }
  }

  async #answer(call: OpenCall, error: string, reply: unknown): Promise<void> {
    if (call.answered) return
    const bytes = encodeResponse({ ...call, error }, reply)
    call.answered = true
    this.#open.delete(call)
    // A caller that is gone needs no answer.
    await this.#stream.write(bytes).catch(() => {})
  }
}
