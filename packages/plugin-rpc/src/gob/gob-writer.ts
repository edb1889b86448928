import { encodeUtf8 } from '../utf8.ts'

/** Writes gob's primitives one after the other. */
export class GobWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  /** A number below 128 is one byte; a larger one is its negated byte count and then its bytes, high to low. */
  uint(value: number | bigint): this {
    if (value < 0x80) return this.#byte(Number(value))
    const bytes: number[] = []
    for (let rest = BigInt(value); rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn))
    return this.raw([0x100 - bytes.length, ...bytes.reverse()])
  }

  /** The sign is the lowest bit; a negative number is stored complemented. */
  int(value: number): this {
    const folded = BigInt(value) << 1n
    return this.uint(value < 0 ? ~folded : folded)
  }

  bool(value: boolean): this {
    return this.uint(value ? 1 : 0)
  }

  bytes(value: Uint8Array): this {
    return this.uint(value.length).raw(value)
  }

  string(value: string): this {
    return this.bytes(encodeUtf8(value))
  }

  /** The length of what is written, and then that. */
  sized(write: (writer: this) => void): this {
    const start = this.#length
    write(this)
    const body = this.#length - start
    this.uint(body)
    const prefix = this.#bytes.slice(start + body, this.#length)
    this.#bytes.copyWithin(start + prefix.length, start, start + body)
    this.#bytes.set(prefix, start)
    return this
  }

  raw(bytes: ArrayLike<number>): this {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  #byte(byte: number): this {
    this.#reserve(1)
    this.#bytes[this.#length++] = byte
    return this
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    grown.set(this.#bytes)
    this.#bytes = grown
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }
}
