import { withoutOptional } from '../optional.ts'
import { descend, type Trail } from '../trail.ts'
import type { Type } from '../type.ts'
import { unifyAt } from './unify.ts'

/**
 * The type that a null or unknown of one type gets when converted to another: what `to` leaves open as `dynamic` is
 * taken from `from`. Only for types that convert.
 */
export function fillDynamic(from: Type, to: Type, trail: Trail | undefined): Type {
  if (from.kind === 'dynamic') return withoutOptional(to)
  switch (to.kind) {
    case 'dynamic':
      return from
    case 'list':
    case 'set':
    case 'map':
      return { kind: to.kind, element: fillElement(from, to.element, descend(trail, to.kind)) }
    case 'tuple': {
      const own = from.kind === 'tuple' ? from.elements : []
      return {
        kind: 'tuple',
        elements: to.elements.map((element, i) => fill(own[i], element, descend(trail, i))),
      }
    }
    case 'object': {
      const attributes = Object.entries(to.attributes)
      const filled = attributes.map(([name, type]) => [
        name,
        fill(memberOf(from, name), type, descend(trail, name)),
      ])
      return { kind: 'object', attributes: Object.fromEntries(filled) }
    }
    default:
      return to
  }
}

const fill = (from: Type | undefined, to: Type, trail: Trail): Type =>
  from === undefined ? withoutOptional(to) : fillDynamic(from, to, trail)

function fillElement(from: Type, element: Type, trail: Trail): Type {
  if ('element' in from) return fillDynamic(from.element, element, trail)
  const members =
    from.kind === 'tuple' ? from.elements : from.kind === 'object' ? Object.values(from.attributes) : []
  return fill(unifyAt(members, 'unsafe', trail), element, trail)
}

function memberOf(from: Type, name: string): Type | undefined {
  if (from.kind === 'map') return from.element
  return from.kind === 'object' && Object.hasOwn(from.attributes, name) ? from.attributes[name] : undefined
}
