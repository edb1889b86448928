import { fingerprint } from './fingerprint.ts'
import { descend, type Trail } from './trail.ts'
import type { Type } from './type.ts'
import type { Value } from './value.ts'

/**
 * Whether two types are equal: same structure, names and optional attributes, in whatever order they are listed.
 *
 * @throws CtyError `too-deep` for types nested beyond {@link MAX_DEPTH}.
 */
export function sameType(a: Type, b: Type): boolean {
  return sameAt(a, b, undefined)
}

/**
 * Whether two values are the same: equal types, and equal content throughout. Unlike HCL's `==`, a null is the same
 * as a null and an unknown the same as an unknown of its type. The order in a set is no matter.
 *
 * @throws CtyError `too-deep` for values nested beyond {@link MAX_DEPTH}.
 */
export function sameValue(a: Value, b: Value): boolean {
  return sameType(a.type, b.type) && fingerprint(a) === fingerprint(b)
}

type ObjectType = Extract<Type, { kind: 'object' }>

function sameAt(a: Type, b: Type, trail: Trail | undefined): boolean {
  if (a === b) return true
  if (a.kind === 'tuple') {
    const others = b.kind === 'tuple' ? b.elements : undefined
    if (others?.length !== a.elements.length) return false
    return a.elements.every((element, i) => sameAt(element, others[i]!, descend(trail, i)))
  }
  if (a.kind === 'object') return b.kind === 'object' && sameObjects(a, b, trail)
  if (a.kind !== b.kind) return false
  return !('element' in a) || !('element' in b) || sameAt(a.element, b.element, descend(trail, a.kind))
}

function sameObjects(a: ObjectType, b: ObjectType, trail: Trail | undefined): boolean {
  const names = Object.keys(a.attributes)
  if (names.length !== Object.keys(b.attributes).length || !sameNames(a.optional, b.optional)) return false
  return names.every(
    (name) =>
      Object.hasOwn(b.attributes, name) &&
      sameAt(a.attributes[name]!, b.attributes[name]!, descend(trail, name)),
  )
}

function sameNames(a: readonly string[] = [], b: readonly string[] = []): boolean {
  const left = new Set(a)
  const right = new Set(b)
  return left.size === right.size && [...left].every((name) => right.has(name))
}
