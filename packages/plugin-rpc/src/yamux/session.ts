import type { Duplex } from 'node:stream'
import { type Deferred, deferred } from '../deferred.ts'
import { WireError } from '../wire-error.ts'
import { ACK, FIN, type Frame, RST, SYN } from './frame.ts'
import { FrameReader } from './frame-reader.ts'
import { FrameWriter } from './frame-writer.ts'
import { KeepAlive, type KeepAliveOptions } from './keep-alive.ts'
import { BACKLOG, MAX_STREAMS } from './limits.ts'
import { type Carrier, YamuxStream } from './stream.ts'

/** The host opens the streams with odd ids, the plugin those with even ones. */
export type Side = 'host' | 'plugin'

/** Reasons that a frame of kind `goAway` gives. */
const NORMAL = 0
const PROTOCOL_ERROR = 1

/** Milliseconds that the last bytes have to leave before the socket is taken away. */
const LINGER = 300

/** Many streams over one connection, whose bytes are always read: only windows hold the other end back. */
export class Session {
  /** Resolves with the reason once nothing passes any more. */
  readonly ended: Promise<WireError>
  readonly #end = deferred<WireError>()
  readonly #transport: Duplex
  readonly #reader: FrameReader
  readonly #writer: FrameWriter
  readonly #keepAlive: KeepAlive
  readonly #carrier: Carrier
  readonly #streams = new Map<number, YamuxStream>()
  readonly #unacknowledged = new Set<number>()
  readonly #backlog: YamuxStream[] = []
  readonly #stalled = new Set<YamuxStream>()
  #acceptor: Deferred<YamuxStream | undefined> | undefined
  #receiving: YamuxStream | undefined
  #nextId: number
  #refusing = false
  #failure: WireError | undefined

  constructor(transport: Duplex, side: Side, options: KeepAliveOptions = {}) {
    this.#transport = transport
    this.#nextId = side === 'host' ? 1 : 2
    this.ended = this.#end.promise
    this.#reader = new FrameReader({
      frame: (frame) => this.#handle(frame),
      payload: (piece, end) => this.#handlePayload(piece, end),
    })
    this.#writer = new FrameWriter(transport)
    this.#keepAlive = new KeepAlive(
      {
        send: (id) => this.#send('ping', SYN, 0, id),
        silent: () => this.#fail(new WireError('wire.timeout', 'The other end has stopped answering.')),
      },
      options,
    )
    this.#carrier = this.#carryStreams()
    this.#listen()
  }

  /** Opens a stream at once; data may follow without waiting for the other end to take it up. */
  open(): YamuxStream {
    if (this.#failure) throw this.#failure
    if (this.#refusing) throw new WireError('wire.refused', 'The other end takes no more streams.')
    if (this.#unacknowledged.size >= BACKLOG)
      throw new WireError('wire.refused', `The other end has not taken up ${BACKLOG} streams yet.`)
    const stream = new YamuxStream(this.#nextId, this.#carrier)
    this.#nextId += 2
    this.#streams.set(stream.id, stream)
    this.#unacknowledged.add(stream.id)
    this.#send('window', SYN, stream.id, 0)
    return stream
  }

  /** The next stream that the other end opens; undefined once there will be none. One accept at a time. */
  accept(): Promise<YamuxStream | undefined> {
    const stream = this.#backlog.shift()
    if (stream) this.#send('window', ACK, stream.id, 0)
    if (stream || this.#failure) return Promise.resolve(stream)
    this.#acceptor = deferred()
    return this.#acceptor.promise
  }

  /** Ends the connection, and resolves when what was written has left. */
  async close(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.#transport.closed) resolve()
      else this.#transport.once('close', resolve)
    })
    this.#fail(new WireError('wire.lost', 'The connection was closed here.'))
    await gone
  }

  #listen(): void {
    this.#transport.on('data', (chunk: Uint8Array) => this.#receive(chunk))
    this.#transport.on('drain', () => this.#resume())
    this.#transport.on('error', (cause) => this.#lose({ cause }))
    this.#transport.on('end', () => this.#lose())
    this.#transport.on('close', () => this.#lose())
  }

  #receive(chunk: Uint8Array): void {
    if (this.#failure) return
    try {
      this.#reader.push(chunk)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      this.#send('goAway', 0, 0, PROTOCOL_ERROR)
      this.#fail(error)
    }
  }

  #handle(frame: Frame): void {
    if (this.#failure) return
    if (frame.kind === 'ping') this.#handlePing(frame)
    else if (frame.kind === 'goAway') this.#handleGoAway(frame)
    else this.#handleStreamFrame(frame)
  }

  #handleStreamFrame(frame: Frame): void {
    if (frame.flags & SYN) this.#handleOpen(frame.stream)
    if (frame.flags & (ACK | RST)) this.#unacknowledged.delete(frame.stream)
    const stream = this.#streams.get(frame.stream)
    if (frame.kind === 'data') this.#handleData(frame, stream)
    else stream?.widen(frame.length)
    if (frame.flags & FIN) stream?.endRemote()
    if (frame.flags & RST && stream) this.#handleReset(stream)
  }

  #handlePing({ flags, length }: Frame): void {
    if (flags & SYN) this.#send('ping', ACK, 0, length)
    else this.#keepAlive.answered()
  }

  #handleGoAway({ length: reason }: Frame): void {
    if (reason === NORMAL) this.#refusing = true
    else this.#fail(new WireError('wire.lost', `The other end gave the connection up for reason ${reason}.`))
  }

  #handleOpen(id: number): void {
    if (id === 0 || id % 2 === this.#nextId % 2 || this.#streams.has(id))
      throw new WireError('wire.malformed', `The other end cannot open stream ${id}.`)
    if (this.#backlog.length >= BACKLOG || this.#streams.size >= MAX_STREAMS) this.#send('window', RST, id, 0)
    else this.#welcome(new YamuxStream(id, this.#carrier))
  }

  #welcome(stream: YamuxStream): void {
    this.#streams.set(stream.id, stream)
    const acceptor = this.#acceptor
    this.#acceptor = undefined
    if (!acceptor) this.#backlog.push(stream)
    else {
      this.#send('window', ACK, stream.id, 0)
      acceptor.resolve(stream)
    }
  }

  #handleData(frame: Frame, stream: YamuxStream | undefined): void {
    this.#receiving = stream
    stream?.expect(frame.length)
  }

  #handlePayload(piece: Uint8Array, end: boolean): void {
    this.#receiving?.deliver(piece)
    if (end) this.#receiving?.endRemote()
  }

  #handleReset(stream: YamuxStream): void {
    this.#streams.delete(stream.id)
    stream.fail(new WireError('wire.reset', 'The other end gave the stream up.'))
  }

  #carryStreams(): Carrier {
    return {
      readyForData: (stream) => {
        if (!this.#writer.readyForData) this.#stalled.add(stream)
        return this.#writer.readyForData
      },
      sendData: (id, payload) => this.#writer.sendData(id, payload),
      grant: (id, delta) => this.#send('window', 0, id, delta),
      sendEnd: (id) => this.#send('window', FIN, id, 0),
      sendReset: (id) => this.#send('window', RST, id, 0),
      forget: (stream) => {
        this.#streams.delete(stream.id)
        this.#unacknowledged.delete(stream.id)
      },
    }
  }

  #send(kind: Frame['kind'], flags: number, stream: number, length: number): void {
    if (this.#failure) return
    try {
      this.#writer.send({ kind, flags, stream, length })
    } catch (error) {
      this.#fail(error as WireError)
    }
  }

  #resume(): void {
    const stalled = [...this.#stalled]
    this.#stalled.clear()
    for (const stream of stalled) stream.flush()
  }

  #lose(options?: ErrorOptions): void {
    this.#fail(new WireError('wire.lost', 'The connection to the other end was lost.', options))
  }

  #fail(failure: WireError): void {
    if (this.#failure) return
    this.#failure = failure
    this.#keepAlive.stop()
    for (const stream of this.#streams.values()) stream.fail(failure)
    this.#streams.clear()
    this.#stalled.clear()
    this.#acceptor?.resolve(undefined)
    this.#end.resolve(failure)
    this.#letGo()
  }

  #letGo(): void {
    const transport = this.#transport
    const timer = setTimeout(() => transport.destroy(), LINGER)
    transport.once('close', () => clearTimeout(timer))
    transport.end(() => transport.destroy())
  }
}
