import { unknown, type Value } from '@ingot/cty'
import type { ConfigElement } from '@ingot/plugin-rpc'

/** What Packer puts in the place of text that it does not know yet. */
export const UNKNOWN_TEXT = '<unknown>'

/** A configuration as plain data: text, numbers, booleans, null, arrays and records. */
export function plainElement(element: ConfigElement): unknown {
  return element.kind === 'cty' ? plainValue(element.value) : plainData(element.data)
}

/** Numbers that JavaScript cannot hold exactly become their digits. */
function plainValue({ content }: Value): unknown {
  if (content === unknown) return UNKNOWN_TEXT
  if (typeof content === 'bigint') return String(content)
  if (typeof content !== 'object' || content === null) return content
  if (Array.isArray(content)) return content.map(plainValue)
  if ('decimal' in content && typeof content.decimal === 'string') return content.decimal
  return mapValues(content as Readonly<Record<string, Value>>, plainValue)
}

function plainData(data: unknown): unknown {
  if (typeof data === 'bigint') return String(data)
  if (data instanceof Uint8Array) return Buffer.from(data).toString('utf8')
  if (data instanceof Map) return plainData(Object.fromEntries(data))
  if (Array.isArray(data)) return data.map(plainData)
  return isRecord(data) ? mapValues(data, plainData) : (data ?? null)
}

/** Later ones win, name by name; null never overwrites. */
export function merge(left: unknown, right: unknown): unknown {
  if (right === null || right === undefined) return left
  if (!isRecord(left) || !isRecord(right)) return right
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return Object.fromEntries([...names].map((name) => [name, merge(own(left, name), own(right, name))]))
}

export function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

/** The value under a name of the record's own: `constructor` is a name like any other. */
export function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
