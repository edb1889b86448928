import { decodeUtf8 } from '../utf8.ts'
import { WireError } from '../wire-error.ts'
import * as format from './format.ts'
import { type Head, readHead } from './head.ts'
import { MAX_DEPTH, MAX_VALUES } from './limits.ts'
import { readScalar } from './scalar.ts'
import { readTimestamp } from './timestamp.ts'

/**
 * One value, and nothing behind it. Text that is no UTF-8 keeps its readable part; 64-bit integers are
 * numbers where that is exact, else bigints; maps are records, so their keys must be text; points in time
 * are dates. Throws `wire.truncated`, `wire.malformed`, `wire.limit` or `wire.unsupported`.
 */
export function decodeMessagePack(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes)
  const value = reader.value(0)
  if (reader.left > 0)
    throw new WireError('wire.malformed', `${reader.left} bytes are left behind a MessagePack value.`)
  return value
}

class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  value(depth: number): unknown {
    const start = this.#at
    const head = this.#head(depth)
    switch (head.kind) {
      case 'scalar':
        return readScalar(this.#view, start)
      case 'text':
        return decodeUtf8(this.#payload(start, head))
      case 'bytes':
        return this.#payload(start, head)
      case 'extension':
        return readExtension(this.#view.getInt8(start + head.headBytes - 1), this.#payload(start, head))
      case 'list':
        return this.#list(head.items, depth)
      case 'map':
        return this.#map(head.items, depth)
    }
  }

  /** Steps over the head and its payload. */
  #head(depth: number): Head {
    if (depth > MAX_DEPTH) throw new WireError('wire.limit', `Values are nested more than ${MAX_DEPTH} deep.`)
    if (++this.#values > MAX_VALUES)
      throw new WireError('wire.limit', `There are more than ${MAX_VALUES} values.`)
    const head = readHead(this.#bytes, this.#at, this.#bytes.length)
    if (head === 'more' || head.headBytes + head.payloadBytes + head.items > this.left)
      throw new WireError('wire.truncated', 'The bytes end inside a MessagePack value.')
    this.#at += head.headBytes + head.payloadBytes
    return head
  }

  #payload(start: number, head: Head): Uint8Array {
    return this.#bytes.subarray(start + head.headBytes, this.#at)
  }

  #list(items: number, depth: number): unknown[] {
    const list: unknown[] = []
    for (let i = 0; i < items; i++) list.push(this.value(depth + 1))
    return list
  }

  #map(pairs: number, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {}
    for (let i = 0; i < pairs; i++) {
      const key = this.value(depth + 1)
      if (typeof key !== 'string')
        throw new WireError(
          'wire.unsupported',
          'A map has a key that is no text; only text keys can be read.',
        )
      if (key === '__proto__') define(map, key, this.value(depth + 1))
      else map[key] = this.value(depth + 1)
    }
    return map
  }
}

function readExtension(type: number, payload: Uint8Array): Date {
  if (type === format.TIMESTAMP) return readTimestamp(payload)
  throw new WireError(
    'wire.unsupported',
    `Values of the extension type ${type} cannot be read, only points in time.`,
  )
}

/** An assignment to this name would set the prototype. */
function define(map: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
}
