import { type Deferred, deferred } from '../deferred.ts'
import { decodeMessagePack } from '../message-pack/decode.ts'
import { RemoteError } from '../remote-error.ts'
import { WireError } from '../wire-error.ts'
import type { YamuxStream } from '../yamux/stream.ts'
import { decodeResponseHeader, encodeRequest, type ResponseHeader } from './envelope.ts'
import { type Message, readMessages } from './message-reader.ts'

interface OpenCall {
  readonly method: string
  readonly reply: Deferred<unknown>
}

/** Turns the loss of the connection into the error that callers get; a host names the plugin and its last words. */
export type ExplainLoss = (loss: WireError, method: string) => Promise<Error>

/** Calls the services at the other end of a stream, any number at a time. */
export class RpcClient {
  readonly #stream: YamuxStream
  readonly #explainLoss: ExplainLoss
  readonly #calls = new Map<number, OpenCall>()
  #nextSequence = 0
  #closed = false
  #loss: WireError | undefined

  constructor(stream: YamuxStream, explainLoss: ExplainLoss = async (loss) => loss) {
    this.#stream = stream
    this.#explainLoss = explainLoss
    void this.#run()
  }

  /**
   * Resolves with the reply. Throws a `RemoteError` with the text that the method sent, or a `WireError` when
   * the answer cannot be read or the stream has ended.
   */
  async call(method: string, argument?: unknown): Promise<unknown> {
    if (this.#closed)
      throw new WireError('wire.lost', `${method} was called on a stream that was closed here.`)
    if (this.#loss) throw await this.#explainLoss(this.#loss, method)
    const sequence = this.#nextSequence++
    const bytes = encodeRequest({ method, sequence }, argument)
    const reply = deferred<unknown>()
    this.#calls.set(sequence, { method, reply })
    this.#stream.write(bytes).catch((error) => this.#lose(error))
    return reply.promise
  }

  /** Says that there will be no more calls; those that are open can still be answered. */
  close(): void {
    this.#closed = true
    void this.#stream.close()
  }

  async #run(): Promise<void> {
    try {
      for await (const message of readMessages(this.#stream)) this.#answer(message)
      this.#lose(new WireError('wire.lost', 'The other end has closed the stream of calls.'))
      void this.#stream.close()
    } catch (error) {
      this.#stream.reset()
      this.#lose(error as WireError)
    }
  }

  #answer({ header: bytes, body }: Message): void {
    const header = decodeResponseHeader(bytes)
    const call = this.#calls.get(header.sequence)
    // An answer nobody waits for is read and left, as Go's client does.
    if (!call) return
    this.#calls.delete(header.sequence)
    settle(call, header, body)
  }

  #lose(loss: WireError): void {
    this.#loss = loss
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    for (const { method, reply } of calls) this.#explainLoss(loss, method).then(reply.reject, reply.reject)
  }
}

function settle({ method, reply }: OpenCall, header: ResponseHeader, body: Uint8Array): void {
  try {
    if (header.error !== '') throw new RemoteError(method, header.error)
    reply.resolve(decodeMessagePack(body))
  } catch (error) {
    reply.reject(error)
  }
}
