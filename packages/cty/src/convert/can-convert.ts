import { sameType } from '../same.ts'
import { descend, type Trail } from '../trail.ts'
import type { Type } from '../type.ts'
import { unifyAt } from './unify.ts'

/**
 * How far conversions may go: `safe` ones succeed for every value of the type (number to string), `unsafe` ones may
 * fail for some (string to number) or lose something (list to set).
 */
export type Safety = 'safe' | 'unsafe'

/**
 * Whether values of one type convert to another, by HCL's rules. As in {@link convert} that is `unsafe` unless said
 * otherwise: a given value may still fail.
 *
 * @throws CtyError `too-deep`, and `too-large` where too many types would have to be unified.
 * @example
 * canConvert(string, number) // → true
 * canConvert(string, number, 'safe') // → false
 */
export function canConvert(from: Type, to: Type, safety: Safety = 'unsafe'): boolean {
  return convertible(from, to, safety, undefined)
}

export function convertible(from: Type, to: Type, safety: Safety, trail: Trail | undefined): boolean {
  if (to.kind === 'dynamic' || sameType(from, to)) return true
  if (from.kind === 'dynamic') return safety === 'unsafe'
  switch (to.kind) {
    case 'string':
      return from.kind === 'number' || from.kind === 'bool'
    case 'number':
    case 'bool':
      return from.kind === 'string' && safety === 'unsafe'
    case 'list':
    case 'set':
      return toSequence(from, to, safety, trail)
    case 'map':
      return toMap(from, to.element, safety, trail)
    case 'tuple':
      return toTuple(from, to.elements, safety, trail)
    case 'object':
      return toObject(from, to, safety, trail)
  }
}

function toSequence(
  from: Type,
  to: Extract<Type, { element: Type }>,
  safety: Safety,
  trail: Trail | undefined,
): boolean {
  const inner = descend(trail, to.kind)
  if (from.kind === 'tuple') return manyToOne(from.elements, to.element, safety, inner)
  if (from.kind !== 'list' && from.kind !== 'set') return false
  // Going to a set loses order and repeats.
  if (from.kind === 'list' && to.kind === 'set' && safety === 'safe') return false
  return convertible(from.element, to.element, safety, inner)
}

function toMap(from: Type, element: Type, safety: Safety, trail: Trail | undefined): boolean {
  const inner = descend(trail, 'map')
  if (from.kind === 'map') return convertible(from.element, element, safety, inner)
  if (from.kind !== 'object') return false
  const members = Object.values(from.attributes)
  // An object may become a map whose element type shows only when all is known; a tuple may not become such a list.
  if (element.kind === 'dynamic') return members.length === 0 || unifyAt(members, safety, inner) !== undefined
  return members.every((member) => convertible(member, element, safety, inner))
}

/** Members of many types become members of one: the one asked for, or one that suits them all. */
function manyToOne(members: readonly Type[], element: Type, safety: Safety, trail: Trail): boolean {
  if (members.length === 0) return true
  const common = element.kind === 'dynamic' ? unifyAt(members, safety, trail) : element
  if (common === undefined) return false
  if (common.kind === 'dynamic') return members.every(({ kind }) => kind === 'dynamic')
  return members.every((member) => convertible(member, common, safety, trail))
}

function toTuple(from: Type, elements: readonly Type[], safety: Safety, trail: Trail | undefined): boolean {
  if (from.kind !== 'tuple' || from.elements.length !== elements.length) return false
  return elements.every((to, i) => convertible(from.elements[i]!, to, safety, descend(trail, i)))
}

type ObjectType = Type & { readonly kind: 'object' }

function toObject(from: Type, to: ObjectType, safety: Safety, trail: Trail | undefined): boolean {
  if (from.kind === 'map') return safety === 'unsafe' && fromMap(from.element, to, trail)
  if (from.kind !== 'object') return false
  return Object.entries(to.attributes).every(([name, wanted]) => {
    if (!Object.hasOwn(from.attributes, name)) return to.optional?.includes(name) ?? false
    return convertible(from.attributes[name]!, wanted, safety, descend(trail, name))
  })
}

/** A map may lack what is optional, so only the rest must convert. */
function fromMap(element: Type, to: ObjectType, trail: Trail | undefined): boolean {
  const optional = new Set(to.optional)
  return Object.entries(to.attributes).every(
    ([name, wanted]) => optional.has(name) || convertible(element, wanted, 'unsafe', descend(trail, name)),
  )
}
