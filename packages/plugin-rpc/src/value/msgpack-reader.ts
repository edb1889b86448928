import { WireError } from '../wire-error.ts'

/** The head of a MessagePack value: a scalar whole, a container by its count, whose elements follow. */
export type Token =
  | { readonly kind: 'nil' | 'extension' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number | bigint }
  /** Str and bin alike, as go-cty reads them. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'array' | 'map'; readonly count: number }

const NIL: Token = { kind: 'nil' }

/**
 * Reads MessagePack token by token, so that the type of a cty value can steer and a count is never believed before
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
    const head = this.#uint(1)
    if (head < 0x80) return number(head)
    if (head < 0x90) return this.#container('map', head & 0x0f)
    if (head < 0xa0) return this.#container('array', head & 0x0f)
    if (head < 0xc0) return this.#text(head & 0x1f)
    if (head >= 0xe0) return number(head - 0x100)
    return this.#sized(head)
  }

  #sized(head: number): Token {
    switch (head) {
      case 0xc0:
        return NIL
      case 0xc2:
      case 0xc3:
        return { kind: 'bool', value: head === 0xc3 }
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#text(this.#uint(2 ** (head - 0xc4)))
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#uint(2 ** (head - 0xc7)))
      case 0xca:
        return number(this.#view.getFloat32(this.#skip(4)))
      case 0xcb:
        return number(this.#view.getFloat64(this.#skip(8)))
      case 0xcc:
      case 0xcd:
      case 0xce:
        return number(this.#uint(2 ** (head - 0xcc)))
      case 0xcf:
        return number(this.#view.getBigUint64(this.#skip(8)))
      case 0xd0:
        return number(this.#view.getInt8(this.#skip(1)))
      case 0xd1:
        return number(this.#view.getInt16(this.#skip(2)))
      case 0xd2:
        return number(this.#view.getInt32(this.#skip(4)))
      case 0xd3:
        return number(this.#view.getBigInt64(this.#skip(8)))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(2 ** (head - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#container('array', this.#uint(2 ** (head - 0xdb)))
      case 0xde:
      case 0xdf:
        return this.#container('map', this.#uint(2 ** (head - 0xdd)))
      default:
        if (head >= 0xd4 && head <= 0xd8) return this.#extension(2 ** (head - 0xd4))
        throw new WireError('wire.malformed', 'MessagePack has no value that starts with c1.')
    }
  }

  #container(kind: 'array' | 'map', count: number): Token {
    if (count > this.left) throw truncated()
    return { kind, count }
  }

  #text(size: number): Token {
    const start = this.#skip(size)
    return { kind: 'text', bytes: this.#bytes.subarray(start, start + size) }
  }

  // What is inside only narrows down an unknown value.
  #extension(size: number): Token {
    this.#skip(1 + size)
    return { kind: 'extension' }
  }

  #uint(size: number): number {
    const at = this.#skip(size)
    if (size === 1) return this.#view.getUint8(at)
    return size === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at)
  }

  /** Moves on, and answers where it was. */
  #skip(size: number): number {
    if (size > this.left) throw truncated()
    this.#at += size
    return this.#at - size
  }
}

const number = (value: number | bigint): Token => ({ kind: 'number', value })

function truncated(): WireError {
  return new WireError('wire.truncated', 'A MessagePack value ends too early.')
}
