import { descend, type Trail } from './trail.ts'
import type { Type } from './type.ts'

/**
 * The type without optional attributes: what a value can be. Optional attributes only say what a conversion accepts.
 *
 * @throws CtyError `too-deep`.
 */
export function withoutOptional(type: Type): Type {
  return strip(type, undefined)
}

function strip(type: Type, trail: Trail | undefined): Type {
  if (type.kind === 'tuple') {
    return { kind: 'tuple', elements: type.elements.map((element, i) => strip(element, descend(trail, i))) }
  }
  if (type.kind === 'object') {
    const attributes = Object.entries(type.attributes)
    const stripped = attributes.map(([name, attribute]) => [name, strip(attribute, descend(trail, name))])
    return { kind: 'object', attributes: Object.fromEntries(stripped) }
  }
  return 'element' in type
    ? { kind: type.kind, element: strip(type.element, descend(trail, type.kind)) }
    : type
}
