import { parseDuration } from './duration.ts'
import { isRecord } from './plain.ts'

/** A value that does not convert; the message completes "regions: …". */
export class Mismatch extends Error {}

/** Conversions between kinds as generous as those of Packer's plugins in Go. */
export const weakly = { text, number, boolean, duration, list, record }

function text(raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (typeof raw === 'number') return String(raw)
  if (typeof raw === 'boolean') return raw ? '1' : '0'
  if (Array.isArray(raw) && raw.length === 1) return text(raw[0])
  throw new Mismatch(`must be text, not ${kindOf(raw)}`)
}

const integer = /^[+-]?\d+$/
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const prefixed = /^0(x[0-9a-f]+|o[0-7]+|b[01]+)$/i

function number(raw: unknown): number {
  if (typeof raw === 'number') return raw
  if (typeof raw === 'boolean') return raw ? 1 : 0
  if (Array.isArray(raw) && raw.length === 1) return number(raw[0])
  if (typeof raw !== 'string') throw new Mismatch(`must be a number, not ${kindOf(raw)}`)
  const digits = raw.trim()
  if (!decimal.test(digits) && !prefixed.test(digits)) throw new Mismatch(`must be a number, not "${raw}"`)
  const value = Number(digits)
  const inexact = integer.test(digits) && !Number.isSafeInteger(value)
  if (inexact || !Number.isFinite(value)) throw new Mismatch(`must be a smaller number than ${digits}`)
  return value
}

const words: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false])),
}

function boolean(raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw
  if (typeof raw === 'number') return raw !== 0
  if (Array.isArray(raw) && raw.length === 1) return boolean(raw[0])
  if (typeof raw !== 'string') throw new Mismatch(`must be true or false, not ${kindOf(raw)}`)
  if (!Object.hasOwn(words, raw)) throw new Mismatch(`must be true or false, not "${raw}"`)
  return words[raw]!
}

/** Milliseconds. Unlike Go, a bare number is refused: it would mean nanoseconds. */
function duration(raw: unknown): number {
  if (raw === 0) return 0
  if (typeof raw === 'number') throw new Mismatch(`needs a unit: write it as in "${raw}s"`)
  if (typeof raw !== 'string') throw new Mismatch(`must be a duration as in "5m", not ${kindOf(raw)}`)
  try {
    return parseDuration(raw)
  } catch (error) {
    throw new Mismatch((error as RangeError).message)
  }
}

/** A single value is a list of one; text is cut at its commas. */
function list(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw
  if (raw === '') return []
  if (typeof raw === 'string') return raw.split(',')
  if (isRecord(raw) && Object.keys(raw).length === 0) return []
  return [raw]
}

/** A list of records, as JSON templates write blocks, is one record. */
function record(raw: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(raw)) return raw
  if (Array.isArray(raw) && raw.every(isRecord)) return Object.assign(Object.create(null), ...raw)
  throw new Mismatch(`must be { name = value }, not ${kindOf(raw)}`)
}

function kindOf(raw: unknown): string {
  if (Array.isArray(raw)) return 'a list'
  if (typeof raw === 'string') return 'text'
  if (typeof raw === 'number') return 'a number'
  if (typeof raw === 'boolean') return String(raw)
  return raw === null ? 'null' : 'a block or map'
}
