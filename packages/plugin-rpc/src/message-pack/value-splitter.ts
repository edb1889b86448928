import { WireError } from '../wire-error.ts'
import { readHead } from './head.ts'
import { MAX_VALUE_BYTES } from './limits.ts'

const EMPTY = new Uint8Array(0)

/**
 * Finds where values end in a stream of them that comes in any pieces. It looks at each byte once and
 * keeps what is incomplete, never more than {@link MAX_VALUE_BYTES}.
 */
export class ValueSplitter {
  #bytes: Uint8Array = EMPTY
  /** How much of {@link #bytes} is filled; the rest is room for what comes. */
  #filled = 0
  /** Where the value began that is being looked for, and how far it has been seen, perhaps beyond what came. */
  #start = 0
  #seen = 0
  #valuesLeft = 1

  /** The values that are complete with this chunk. Throws `wire.limit` and `wire.malformed`, and is useless then. */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#append(chunk)
    const values: Uint8Array[] = []
    while (this.#step()) {
      if (this.#valuesLeft > 0) continue
      if (this.#seen > this.#filled) break
      values.push(this.#bytes.subarray(this.#start, this.#seen))
      this.#start = this.#seen
      this.#valuesLeft = 1
    }
    this.#drop()
    return values
  }

  /** True where the stream may end without losing part of a value. */
  get atBoundary(): boolean {
    return this.#filled === 0
  }

  /** Goes past one head and its payload; false when the bytes do not reach so far. */
  #step(): boolean {
    if (this.#valuesLeft === 0) return true
    if (this.#seen >= this.#filled) return false
    const head = readHead(this.#bytes, this.#seen, this.#filled)
    if (head === 'more') return false
    this.#seen += head.headBytes + head.payloadBytes
    this.#valuesLeft += (head.kind === 'map' ? 2 : 1) * head.items - 1
    if (this.#seen - this.#start + this.#valuesLeft > MAX_VALUE_BYTES)
      throw new WireError('wire.limit', `A value of more than ${MAX_VALUE_BYTES} bytes was announced.`)
    return true
  }

  #append(chunk: Uint8Array): void {
    if (this.#filled === 0) {
      this.#bytes = chunk
      this.#filled = chunk.length
      return
    }
    const filled = this.#filled + chunk.length
    if (filled > this.#bytes.length) {
      const wider = new Uint8Array(filled * 2)
      wider.set(this.#bytes.subarray(0, this.#filled))
      this.#bytes = wider
    }
    this.#bytes.set(chunk, this.#filled)
    this.#filled = filled
  }

  /** Forgets complete values; keeps a copy of the rest, since the values are views of the same bytes. */
  #drop(): void {
    if (this.#start === 0 && this.#filled > 0) return
    const rest = this.#bytes.subarray(this.#start, this.#filled)
    this.#bytes = rest.length === 0 ? EMPTY : Uint8Array.from(rest)
    this.#filled = rest.length
    this.#seen -= this.#start
    this.#start = 0
  }
}
