import { type Deferred, deferred } from '../deferred.ts'
import { WireError } from '../wire-error.ts'
import { CLOSE_TIMEOUT, GRANT, WINDOW } from './limits.ts'
import { ReceiveBuffer } from './receive-buffer.ts'

/** What a stream asks of the session that carries it. */
export interface Carrier {
  /** False while data has to wait for the socket; the session calls {@link YamuxStream.flush} afterwards. */
  readyForData(stream: YamuxStream): boolean
  sendData(id: number, payload: Uint8Array): void
  grant(id: number, delta: number): void
  sendEnd(id: number): void
  sendReset(id: number): void
  /** Nothing more will pass on the stream in either direction. */
  forget(stream: YamuxStream): void
}

interface Outgoing {
  bytes: Uint8Array
  readonly sent: Deferred<void>
}

interface Reader {
  readonly max: number
  readonly chunk: Deferred<Uint8Array | undefined>
}

/**
 * A stream of bytes in both directions. The only back-pressure is the window: what is not read is not
 * granted again, and the other end's writes wait.
 */
export class YamuxStream {
  readonly id: number
  readonly #carrier: Carrier
  readonly #received = new ReceiveBuffer()
  readonly #outgoing: Outgoing[] = []
  #sendWindow = WINDOW
  #receiveWindow = WINDOW
  #reader: Reader | undefined
  #discarding = false
  #closing: Deferred<void> | undefined
  #ended = false
  #remoteEnded = false
  #failure: WireError | undefined
  #closeTimer: NodeJS.Timeout | undefined

  constructor(id: number, carrier: Carrier) {
    this.id = id
    this.#carrier = carrier
  }

  /** True once the other end has said that it sends no more, or the stream has failed. */
  get remoteEnded(): boolean {
    return this.#remoteEnded || this.#failure !== undefined
  }

  /** The next bytes as they come, at most `max`; undefined at the end. One read at a time. */
  read(max = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    if (this.#received.length > 0) {
      const chunk = this.#received.take(max)
      this.#grant()
      return Promise.resolve(chunk)
    }
    if (this.#failure && !this.#remoteEnded) return Promise.reject(this.#failure)
    if (this.#remoteEnded || this.#discarding) return Promise.resolve(undefined)
    if (this.#reader) throw new Error('A stream is read by two at the same time.')
    this.#reader = { max, chunk: deferred() }
    return this.#reader.chunk.promise
  }

  /** Exactly so many bytes; throws `wire.truncated` when the stream ends before. */
  async readExactly(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    for (let filled = 0; filled < length; ) {
      const chunk = await this.read(length - filled)
      if (!chunk)
        throw new WireError('wire.truncated', `The stream ended ${length - filled} bytes too early.`)
      bytes.set(chunk, filled)
      filled += chunk.length
    }
    return bytes
  }

  /** Resolves when the bytes are on their way, in the order of the calls; they must not change until then. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    if (this.#closing)
      return Promise.reject(new WireError('wire.lost', 'The stream was closed here already.'))
    if (bytes.length === 0) return Promise.resolve()
    if (this.#outgoing.length === 0 && bytes.length <= this.#sendWindow && this.#carrier.readyForData(this)) {
      this.#send(bytes)
      return Promise.resolve()
    }
    const sent = deferred<void>()
    this.#outgoing.push({ bytes, sent })
    this.flush()
    return sent.promise
  }

  /** Says that nothing more will be written, after what was; reading goes on. */
  close(): Promise<void> {
    if (this.#failure) return Promise.resolve()
    if (!this.#closing) {
      this.#closing = deferred()
      this.flush()
    }
    return this.#closing.promise
  }

  /** Drops what comes from now on, so that the other end never waits for a reader that has left. */
  discard(): void {
    this.#discarding = true
    this.#received.clear()
    this.#grant()
    this.#settleReader(undefined)
  }

  /** Says at once that nothing more will be written, though something still waits for the other end to take it. */
  abandon(): void {
    for (const { sent } of this.#outgoing.splice(0))
      sent.reject(new WireError('wire.lost', 'The stream was closed here.'))
    this.discard()
    void this.close()
  }

  /** Gives the stream up in both directions; the other end's reads and writes fail. */
  reset(): void {
    if (this.#failure || (this.#ended && this.#remoteEnded)) return
    this.#carrier.sendReset(this.id)
    this.#carrier.forget(this)
    this.fail(new WireError('wire.reset', 'The stream was given up here.'))
  }

  /** Session side: a data frame of so many bytes has begun; its bytes follow by {@link deliver}. */
  expect(length: number): void {
    if (length > this.#receiveWindow)
      throw new WireError(
        'wire.malformed',
        `${length} bytes came on stream ${this.id}, which had room for ${this.#receiveWindow}.`,
      )
    this.#receiveWindow -= length
  }

  /** Session side. Data after the end is dropped: a Go writer that races with its close sends some. */
  deliver(chunk: Uint8Array): void {
    if (!this.#dropping) this.#pass(chunk)
    this.#grant()
  }

  /** Session side: the other end lets us send so many bytes more. */
  widen(delta: number): void {
    this.#sendWindow += delta
    if (this.#sendWindow > 0xff_ff_ff_ff)
      throw new WireError('wire.malformed', 'A window grew beyond four gigabytes.')
    this.flush()
  }

  /** Session side: the other end sends no more. */
  endRemote(): void {
    this.#remoteEnded = true
    clearTimeout(this.#closeTimer)
    if (this.#received.length === 0) this.#settleReader(undefined)
    if (this.#ended) this.#carrier.forget(this)
  }

  /** Session side: nothing passes any more. What was received before can still be read. */
  fail(failure: WireError): void {
    if (this.#failure) return
    this.#failure = failure
    clearTimeout(this.#closeTimer)
    if (failure.code === 'wire.reset') this.#received.clear()
    if (this.#remoteEnded) this.#settleReader(undefined)
    else this.#rejectReader(failure)
    for (const { sent } of this.#outgoing.splice(0)) sent.reject(failure)
    this.#closing?.resolve()
  }

  /** Sends what may be sent. */
  flush(): void {
    while (this.#outgoing.length > 0 && this.#sendWindow > 0 && this.#carrier.readyForData(this))
      this.#sendNext()
    if (this.#outgoing.length > 0 || !this.#closing || this.#ended || this.#failure) return
    this.#ended = true
    this.#carrier.sendEnd(this.id)
    this.#closing.resolve()
    if (this.#remoteEnded) this.#carrier.forget(this)
    else this.#closeTimer = setTimeout(() => this.reset(), CLOSE_TIMEOUT).unref()
  }

  get #dropping(): boolean {
    return (
      this.#discarding || this.#failure !== undefined || (this.#remoteEnded && this.#received.length === 0)
    )
  }

  #pass(chunk: Uint8Array): void {
    const reader = this.#reader
    if (reader && chunk.length <= reader.max) this.#settleReader(chunk)
    else this.#received.push(chunk)
    if (this.#reader) this.#settleReader(this.#received.take(this.#reader.max))
  }

  #sendNext(): void {
    const next = this.#outgoing[0]!
    const part = next.bytes.subarray(0, this.#sendWindow)
    this.#send(part)
    next.bytes = next.bytes.subarray(part.length)
    if (next.bytes.length > 0) return
    this.#outgoing.shift()
    next.sent.resolve()
  }

  #send(bytes: Uint8Array): void {
    this.#sendWindow -= bytes.length
    this.#carrier.sendData(this.id, bytes)
  }

  #grant(): void {
    if (this.#remoteEnded || this.#failure) return
    const delta = WINDOW - this.#received.length - this.#receiveWindow
    if (delta < GRANT) return
    this.#receiveWindow += delta
    this.#carrier.grant(this.id, delta)
  }

  #settleReader(chunk: Uint8Array | undefined): void {
    const reader = this.#reader
    this.#reader = undefined
    reader?.chunk.resolve(chunk)
  }

  #rejectReader(failure: WireError): void {
    const reader = this.#reader
    this.#reader = undefined
    reader?.chunk.reject(failure)
  }
}
