import { MAX_DEPTH } from './limits.ts'
import type { Type } from './type.ts'

/**
 * The name of a type for messages, as HCL's own diagnostics put it; objects and tuples are just called that.
 *
 * @example
 * typeName(list(map(string))) // → 'list of map of string'
 */
export function typeName(type: Type): string {
  const words: string[] = []
  let inner = type
  while ('element' in inner && words.length < MAX_DEPTH) {
    words.push(`${inner.kind} of`)
    inner = inner.element
  }
  words.push(inner.kind === 'dynamic' ? 'any type' : inner.kind)
  return words.join(' ')
}
