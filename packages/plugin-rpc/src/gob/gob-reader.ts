import { decodeUtf8 } from '../utf8.ts'
import { WireError } from '../wire-error.ts'

/** Reads gob's primitives one after the other. Knows nothing of messages and types. */
export class GobReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** A number below 128 is one byte; a larger one is its negated byte count and then its bytes, high to low. */
  uint64(): bigint {
    const first = this.take(1)[0]!
    if (first < 0x80) return BigInt(first)
    const size = 0x100 - first
    if (size > 8)
      throw new WireError('wire.malformed', `A gob integer claims ${size} bytes; it has at most 8.`)
    return this.take(size).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  }

  uint(): number {
    const first = this.#bytes[this.#at]
    if (first === undefined || first >= 0x80) return exact(this.uint64())
    this.#at++
    return first
  }

  /** The sign is the lowest bit; a negative number is stored complemented. */
  int(): number {
    const folded = this.uint64()
    return exact(folded & 1n ? ~(folded >> 1n) : folded >> 1n)
  }

  bool(): boolean {
    return this.uint64() !== 0n
  }

  bytes(): Uint8Array {
    return this.take(this.uint())
  }

  string(): string {
    return decodeUtf8(this.bytes())
  }

  take(count: number): Uint8Array {
    if (count > this.left)
      throw new WireError('wire.truncated', `A gob stream ends ${count - this.left} bytes too early.`)
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }
}

function exact(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number))
    throw new WireError('wire.limit', `The gob integer ${value} is beyond what JavaScript counts exactly.`)
  return number
}
