import { readHead } from '../message-pack/head.ts'
import { readScalar } from '../message-pack/scalar.ts'
import { WireError } from '../wire-error.ts'

/** The start of a MessagePack value: a scalar whole, a container by its count, whose elements follow. */
export type Token =
  | { readonly kind: 'scalar'; readonly value: null | boolean | number | bigint }
  /** Str and bin alike, as go-cty reads them. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'list' | 'map'; readonly count: number }
  /** Whatever is in it. */
  | { readonly kind: 'extension' }

/**
 * Reads MessagePack token by token, so that the type of a cty value can steer, and a count is never believed before
 * its elements are there.
 */
export class MsgpackReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  token(): Token {
    const start = this.#at
    const head = readHead(this.#bytes, start, this.#bytes.length)
    if (head === 'more' || head.headBytes + head.payloadBytes + head.items > this.left)
      throw new WireError('wire.truncated', 'A MessagePack value ends too early.')
    const payload = start + head.headBytes
    this.#at = payload + head.payloadBytes
    switch (head.kind) {
      case 'scalar':
        return { kind: 'scalar', value: readScalar(this.#view, start) }
      case 'text':
      case 'bytes':
        return { kind: 'text', bytes: this.#bytes.subarray(payload, this.#at) }
      case 'extension':
        return { kind: 'extension' }
      default:
        return { kind: head.kind, count: head.items }
    }
  }
}
