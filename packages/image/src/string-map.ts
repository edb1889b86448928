/**
 * A map by strings, in either of JavaScript's forms.
 *
 * @example
 * import { fromArtifact, type StringMap, setLabels } from '@ingot/image'
 *
 * const labels: StringMap<string> = new Map([['os', 'linux']])
 *
 * fromArtifact({ builderId: 'happy-cloud', id: '1' }, setLabels(labels)).labels // → { os: 'linux' }
 */
export type StringMap<V> = ReadonlyMap<string, V> | Readonly<Record<string, V>>

/** Whether a value is a `Map` or an object that carries data; a list, Buffer or Date is none. */
export function isStringMap(value: unknown): value is StringMap<unknown> {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Map) return true
  const prototype = Object.getPrototypeOf(value)
  // Plain objects of other realms, such as a test runner's, have an Object.prototype of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The entries of either form. The keys of a `Map` from untyped code may turn out not to be strings. */
export function stringMapEntries<V>(map: StringMap<V>): [string, V][] {
  return map instanceof Map ? [...map] : Object.entries(map)
}
