import { WireError } from '../wire-error.ts'
import * as format from './format.ts'

/** What the first bytes of a value say of it, before anything inside it is looked at. */
export interface Head {
  readonly kind: 'scalar' | 'text' | 'bytes' | 'list' | 'map' | 'extension'
  /** Of these first bytes, extension type included. */
  readonly headBytes: number
  /** Of text, bytes and extensions. */
  readonly payloadBytes: number
  /** Values inside a list, pairs inside a map. */
  readonly items: number
}

/** Reads the head at a position before `end`, or asks for more bytes. */
export function readHead(bytes: Uint8Array, at: number, end: number): Head | 'more' {
  if (at >= end) return 'more'
  const found = headOf(bytes, at)
  return at + found.headBytes > end ? 'more' : found
}

function headOf(bytes: Uint8Array, at: number): Head {
  const first = bytes[at]!
  if (first < format.FIX_MAP || first >= format.NEGATIVE_FIX_INT) return head('scalar', 1, 0)
  if (first < format.FIX_ARRAY) return head('map', 1, 0, first - format.FIX_MAP)
  if (first < format.FIX_STR) return head('list', 1, 0, first - format.FIX_ARRAY)
  if (first < format.NIL) return head('text', 1, first - format.FIX_STR)
  if (first <= format.TRUE) return simple(first)
  if (first < format.EXT8) return sized('bytes', bytes, at, first - format.BIN8)
  if (first < format.FLOAT32) return sized('extension', bytes, at, first - format.EXT8)
  if (first < format.UINT8) return head('scalar', 1, first === format.FLOAT32 ? 4 : 8)
  if (first < format.FIX_EXT1) return head('scalar', 1, 1 << ((first - format.UINT8) % 4))
  if (first < format.STR8) return head('extension', 2, 1 << (first - format.FIX_EXT1))
  if (first < format.ARRAY16) return sized('text', bytes, at, first - format.STR8)
  if (first < format.MAP16) return sized('list', bytes, at, first - format.ARRAY16 + 1)
  return sized('map', bytes, at, first - format.MAP16 + 1)
}

function head(kind: Head['kind'], headBytes: number, payloadBytes: number, items = 0): Head {
  return { kind, headBytes, payloadBytes, items }
}

function simple(first: number): Head {
  if (first === format.NIL + 1)
    throw new WireError('wire.malformed', 'No MessagePack value starts with the byte c1.')
  return head('scalar', 1, 0)
}

/** A head with a length of 1, 2 or 4 bytes behind the first byte; `power` 0, 1 or 2. */
function sized(kind: Head['kind'], bytes: Uint8Array, at: number, power: number): Head {
  const lengthBytes = 1 << power
  let length = 0
  // Bytes that are not there yet make a wrong length, which the caller does not use.
  for (let i = 1; i <= lengthBytes; i++) length = length * 256 + (bytes[at + i] ?? 0)
  if (kind === 'list' || kind === 'map') return head(kind, 1 + lengthBytes, 0, length)
  return head(kind, 1 + lengthBytes + (kind === 'extension' ? 1 : 0), length)
}
