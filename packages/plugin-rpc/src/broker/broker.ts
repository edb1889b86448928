import { type Deferred, deferred } from '../deferred.ts'
import { WireError } from '../wire-error.ts'
import type { Session } from '../yamux/session.ts'
import type { YamuxStream } from '../yamux/stream.ts'

/** Milliseconds that an accept waits for its stream, and a stream for its accept; Go's broker has the same. */
export const ACCEPT_TIMEOUT = 5_000

/** Milliseconds until a dialled stream must be taken up: the other end gives up earlier and closes it. */
export const DIAL_TIMEOUT = 6_000

/** A stream that is expected. */
export interface Acceptance {
  /** Rejects with `wire.timeout` when nobody comes, and with `wire.lost` once withdrawn. */
  readonly stream: Promise<YamuxStream>
  /** Nobody needs to come any more. */
  withdraw(): void
}

interface Parked {
  readonly stream: YamuxStream
  readonly timer: NodeJS.Timeout
}

/**
 * Gives streams a meaning: the end that wants to be called back chooses an id, tells it in a call, and
 * accepts; the other end dials it. A stream starts with the id, which the acceptor sends back.
 */
export class Broker {
  readonly #session: Session
  readonly #expected = new Map<number, Deferred<YamuxStream>>()
  readonly #parked = new Map<number, Parked>()
  #lastId = 0

  constructor(session: Session) {
    this.#session = session
    void this.#takeUp()
    void session.ended.then((failure) => this.#abandon(failure))
  }

  /** An id that this end was never asked to accept; 0 is the first stream's. */
  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  /** Waits for the other end to dial an id, from now on: begin before telling the id. */
  accept(id: number): Acceptance {
    const expected = deferred<YamuxStream>()
    const parked = this.#parked.get(id)
    if (parked) this.#unpark(id, parked, expected)
    else this.#expect(id, expected)
    // Whoever withdraws does not look at the stream any more.
    expected.promise.catch(() => {})
    return { stream: expected.promise, withdraw: () => this.#giveUp(id, expected, withdrawn(id)) }
  }

  /** Opens the stream behind an id of the other end, and resolves when it was taken up. */
  async dial(id: number): Promise<YamuxStream> {
    const stream = this.#session.open()
    const timer = setTimeout(() => stream.reset(), DIAL_TIMEOUT)
    try {
      await stream.write(idBytes(id))
      const answer = await stream.readExactly(4)
      if (readId(answer) !== id)
        throw new WireError('wire.malformed', `Stream ${id} was taken up as ${readId(answer)}.`)
      return stream
    } catch (cause) {
      stream.reset()
      throw new WireError('wire.lost', `The other end did not take up stream ${id}.`, { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  async #takeUp(): Promise<void> {
    for (let stream = await this.#session.accept(); stream; stream = await this.#session.accept())
      void this.#receive(stream)
  }

  /** A stream whose id comes late holds up no other. */
  async #receive(stream: YamuxStream): Promise<void> {
    const timer = setTimeout(() => stream.reset(), ACCEPT_TIMEOUT)
    try {
      this.#assign(readId(await stream.readExactly(4)), stream)
    } catch {
      // It ended before it said what it is for, so nobody can miss it.
      stream.reset()
    } finally {
      clearTimeout(timer)
    }
  }

  #assign(id: number, stream: YamuxStream): void {
    const expected = this.#expected.get(id)
    if (expected) {
      this.#expected.delete(id)
      connect(id, stream, expected)
    } else if (this.#parked.has(id)) stream.reset()
    else this.#park(id, stream)
  }

  #park(id: number, stream: YamuxStream): void {
    const timer = setTimeout(() => {
      this.#parked.delete(id)
      stream.reset()
    }, ACCEPT_TIMEOUT)
    this.#parked.set(id, { stream, timer })
  }

  #unpark(id: number, parked: Parked, expected: Deferred<YamuxStream>): void {
    clearTimeout(parked.timer)
    this.#parked.delete(id)
    connect(id, parked.stream, expected)
  }

  #expect(id: number, expected: Deferred<YamuxStream>): void {
    this.#expected.set(id, expected)
    const timer = setTimeout(() => this.#giveUp(id, expected, late(id)), ACCEPT_TIMEOUT)
    const stop = () => clearTimeout(timer)
    expected.promise.then(stop, stop)
  }

  #giveUp(id: number, expected: Deferred<YamuxStream>, why: WireError): void {
    if (this.#expected.get(id) !== expected) return
    this.#expected.delete(id)
    expected.reject(why)
  }

  #abandon(failure: WireError): void {
    for (const [id, expected] of [...this.#expected]) this.#giveUp(id, expected, failure)
    for (const { timer } of this.#parked.values()) clearTimeout(timer)
    this.#parked.clear()
  }
}

function connect(id: number, stream: YamuxStream, expected: Deferred<YamuxStream>): void {
  stream.write(idBytes(id)).then(() => expected.resolve(stream), expected.reject)
}

function late(id: number): WireError {
  return new WireError('wire.timeout', `Nobody dialled stream ${id} within ${ACCEPT_TIMEOUT / 1000} seconds.`)
}

function withdrawn(id: number): WireError {
  return new WireError('wire.lost', `Stream ${id} is not needed any more.`)
}

function idBytes(id: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32LE(id)
  return bytes
}

function readId(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
}
