import { WireError } from '../wire-error.ts'
import * as format from './format.ts'
import { MAX_DEPTH, MAX_VALUE_BYTES } from './limits.ts'
import { writeTimestamp } from './timestamp.ts'

/**
 * The bytes of some values, one behind the other, as Go's encoder writes them: integers in the signed
 * family, bytes apart from text, undefined as nil. Throws `wire.unsupported` and `wire.limit`.
 */
export function encodeMessagePack(...values: readonly unknown[]): Uint8Array {
  const writer = new Writer()
  for (const value of values) writer.value(value, 0)
  return writer.bytes
}

/** A value of a type that MessagePack leaves to its users. */
export class Extension {
  readonly type: number
  readonly payload: Uint8Array

  constructor(type: number, payload: Uint8Array) {
    this.type = type
    this.payload = payload
  }
}

/** The lengths of a payload that need not be written. */
const FIXED_EXTENSIONS = [1, 2, 4, 8, 16]

class Writer {
  #buffer = Buffer.allocUnsafe(256)
  #at = 0

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#at)
  }

  value(value: unknown, depth: number): void {
    if (depth > MAX_DEPTH)
      throw new WireError('wire.limit', `Values are nested more than ${MAX_DEPTH} deep, or hold themselves.`)
    if (typeof value === 'string') this.#text(value)
    else if (typeof value === 'number') this.#number(value)
    else if (typeof value === 'boolean') this.#byte(value ? format.TRUE : format.FALSE)
    else if (value === undefined || value === null) this.#byte(format.NIL)
    else if (typeof value === 'bigint') this.#bigint(value)
    else if (typeof value === 'object') this.#object(value, depth)
    else throw new WireError('wire.unsupported', `A ${typeof value} cannot travel to the other end.`)
  }

  #object(value: object, depth: number): void {
    if (value instanceof Uint8Array) this.#bytes(value)
    else if (Array.isArray(value)) this.#list(value, depth)
    else if (value instanceof Date) this.#date(value)
    else if (value instanceof Extension) this.#extension(value)
    else this.#map(value instanceof Map ? [...value] : Object.entries(value), depth)
  }

  #list(list: readonly unknown[], depth: number): void {
    this.#items(format.FIX_ARRAY, format.ARRAY16, list.length)
    for (const item of list) this.value(item, depth + 1)
  }

  #map(pairs: readonly (readonly [unknown, unknown])[], depth: number): void {
    this.#items(format.FIX_MAP, format.MAP16, pairs.length)
    for (const [key, value] of pairs) {
      if (typeof key !== 'string') throw new WireError('wire.unsupported', 'A map has a key that is no text.')
      this.#text(key)
      this.value(value, depth + 1)
    }
  }

  #text(text: string): void {
    const length = Buffer.byteLength(text)
    if (length < 32) this.#byte(format.FIX_STR + length)
    else this.#length(format.STR8, length)
    this.#reserve(length)
    this.#at += this.#buffer.write(text, this.#at)
  }

  #bytes(bytes: Uint8Array): void {
    this.#length(format.BIN8, bytes.length)
    this.#append(bytes)
  }

  #date(date: Date): void {
    if (Number.isNaN(date.getTime()))
      throw new WireError('wire.unsupported', 'An invalid date cannot travel.')
    this.#extension(new Extension(format.TIMESTAMP, writeTimestamp(date)))
  }

  #extension({ type, payload }: Extension): void {
    const fixed = FIXED_EXTENSIONS.indexOf(payload.length)
    if (fixed === -1) this.#length(format.EXT8, payload.length)
    else this.#byte(format.FIX_EXT1 + fixed)
    this.#byte(type & 0xff)
    this.#append(payload)
  }

  #number(number: number): void {
    if (!Number.isSafeInteger(number)) this.#float(number)
    else if (number >= -32 && number < 128) this.#byte(number & 0xff)
    else if (number >= -128 && number < 0) this.#integer(format.INT8, 1, number)
    else if (number >= -32_768 && number < 32_768) this.#integer(format.INT16, 2, number)
    else if (number >= -2_147_483_648 && number < 2_147_483_648) this.#integer(format.INT32, 4, number)
    else this.#bigint(BigInt(number))
  }

  #float(number: number): void {
    this.#byte(format.FLOAT64)
    this.#reserve(8)
    this.#at = this.#buffer.writeDoubleBE(number, this.#at)
  }

  #integer(first: number, length: number, number: number): void {
    this.#byte(first)
    this.#reserve(length)
    this.#at = this.#buffer.writeIntBE(number, this.#at, length)
  }

  #bigint(integer: bigint): void {
    const signed = BigInt.asIntN(64, integer) === integer
    if (!signed && BigInt.asUintN(64, integer) !== integer)
      throw new WireError('wire.unsupported', `The number ${integer} has more than 64 bits.`)
    this.#byte(signed ? format.INT64 : format.UINT64)
    this.#reserve(8)
    this.#at = this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, integer), this.#at)
  }

  #items(fixed: number, wide: number, length: number): void {
    if (length < 16) this.#byte(fixed + length)
    else if (length < 65_536) this.#unsigned(wide, 2, length)
    else this.#unsigned(wide + 1, 4, length)
  }

  /** A length in 1, 2 or 4 bytes; the first bytes of the three forms follow each other. */
  #length(first: number, length: number): void {
    if (length < 256) this.#unsigned(first, 1, length)
    else if (length < 65_536) this.#unsigned(first + 1, 2, length)
    else this.#unsigned(first + 2, 4, length)
  }

  #unsigned(first: number, length: number, number: number): void {
    this.#byte(first)
    this.#reserve(length)
    this.#at = this.#buffer.writeUIntBE(number, this.#at, length)
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#at)
    this.#at += bytes.length
  }

  #byte(byte: number): void {
    this.#reserve(1)
    this.#buffer[this.#at++] = byte
  }

  #reserve(length: number): void {
    if (this.#at + length <= this.#buffer.length) return
    if (this.#at + length > MAX_VALUE_BYTES)
      throw new WireError('wire.limit', `A message would have more than ${MAX_VALUE_BYTES} bytes.`)
    const wider = Buffer.allocUnsafe((this.#at + length) * 2)
    this.#buffer.copy(wider, 0, 0, this.#at)
    this.#buffer = wider
  }
}
