import { ValueSplitter } from '../src/message-pack/value-splitter.ts'
import { SYN } from '../src/yamux/frame.ts'
import { WINDOW } from '../src/yamux/limits.ts'
import type { SeenFrame } from './raw-end.ts'
import type { Purpose } from './recorded-calls.ts'

/** How far one end has come on a stream, in what does not depend on how it cuts its bytes into frames. */
export interface Reached {
  /** Has opened the stream, or taken it up, and said or repeated what it is for. */
  readonly begun: boolean
  /** Requests and answers on a stream of calls, bytes on another; of an exit status only that it was said. */
  readonly said: number
}

/** The bytes with which both ends begin: the broker's id. */
const ID_BYTES = 4

/** What one end has said on each stream, frame by frame. */
export class StreamProgress {
  readonly #purposes: ReadonlyMap<number, Purpose>
  readonly #bytes = new Map<number, number>()
  readonly #values = new Map<number, number>()
  readonly #splitters = new Map<number, ValueSplitter>()
  readonly #granted = new Map<number, number>()

  constructor(purposes: ReadonlyMap<number, Purpose>) {
    this.#purposes = purposes
  }

  add({ kind, flags, stream, length, payload }: SeenFrame): void {
    if (kind === 'window' && !(flags & SYN))
      this.#granted.set(stream, (this.#granted.get(stream) ?? 0) + length)
    if (kind !== 'data') return
    const before = this.#bytes.get(stream) ?? 0
    this.#bytes.set(stream, before + payload.length)
    if (this.#purposes.get(stream) !== 'calls') return
    const splitter = this.#splitters.get(stream) ?? new ValueSplitter()
    this.#splitters.set(stream, splitter)
    const values = splitter.push(payload.subarray(Math.max(0, ID_BYTES - before))).length
    this.#values.set(stream, (this.#values.get(stream) ?? 0) + values)
  }

  reached(): Map<number, Reached> {
    return new Map([...this.#bytes.keys()].map((stream) => [stream, this.#reachedOn(stream)]))
  }

  /** Whether the same, or more, was reached on every stream. */
  has(reached: ReadonlyMap<number, Reached>): boolean {
    return [...reached].every(([stream, { begun, said }]) => {
      const here = this.#reachedOn(stream)
      return (here.begun || !begun) && here.said >= said
    })
  }

  /** Bytes that the other end may have said on a stream until now. */
  room(stream: number): number {
    return WINDOW + (this.#granted.get(stream) ?? 0)
  }

  #reachedOn(stream: number): Reached {
    const bytes = this.#bytes.get(stream) ?? 0
    const said = Math.max(0, bytes - ID_BYTES)
    const purpose = this.#purposes.get(stream)
    if (purpose === 'calls')
      return { begun: bytes >= ID_BYTES, said: Math.floor((this.#values.get(stream) ?? 0) / 2) }
    return { begun: bytes >= ID_BYTES, said: purpose === 'status' ? Math.sign(said) : said }
  }
}
