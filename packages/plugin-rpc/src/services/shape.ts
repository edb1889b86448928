import { decodeUtf8, encodeUtf8 } from '../utf8.ts'
import { WireError } from '../wire-error.ts'

/*
 * Readers of what came decoded from the wire, as lenient as Go's: nil is the zero value, bytes do for text.
 * `what` names the place for the message of the `wire.malformed` that they throw.
 */

export type Fields = Readonly<Record<string, unknown>>

export function asFields(value: unknown, what: string): Fields {
  if (value === null || value === undefined) return {}
  if (
    typeof value !== 'object' ||
    Array.isArray(value) ||
    value instanceof Uint8Array ||
    value instanceof Date
  )
    throw mismatch(what, 'a map')
  return value as Fields
}

export function asText(value: unknown, what: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return decodeUtf8(value)
  throw mismatch(what, 'text')
}

export function asTexts(value: unknown, what: string): string[] {
  return asList(value, what).map((item) => asText(item, what))
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw mismatch(what, 'a list')
  return value
}

export function asBytes(value: unknown, what: string): Uint8Array {
  if (value === null || value === undefined) return new Uint8Array(0)
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return encodeUtf8(value)
  throw mismatch(what, 'bytes')
}

export function asInteger(value: unknown, what: string): number {
  if (value === null || value === undefined) return 0
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw mismatch(what, 'an integer')
  return value
}

export function asBoolean(value: unknown, what: string): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'boolean') return value
  // Go's decoder takes these two for it.
  if (value === 0 || value === 1) return value === 1
  throw mismatch(what, 'true or false')
}

/** A broker id that the other end offers. */
export function asStreamId(value: unknown, what: string): number {
  const id = asOptionalStreamId(value, what)
  if (id === undefined) throw mismatch(what, 'there')
  return id
}

/** Undefined where the other end offers none, which it says with a 0. */
export function asOptionalStreamId(value: unknown, what: string): number | undefined {
  const id = asInteger(value, what)
  if (id < 0 || id > 0xff_ff_ff_ff) throw mismatch(what, 'a stream id')
  return id === 0 ? undefined : id
}

function mismatch(what: string, wanted: string): WireError {
  return new WireError('wire.malformed', `${what} is not ${wanted}.`)
}
