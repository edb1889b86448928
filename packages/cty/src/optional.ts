import { descend, type Trail } from './trail.ts'
import type { Type } from './type.ts'

/**
 * The type without optional attributes: what a value can be. Optional attributes only say what a conversion accepts.
 *
 * @throws CtyError `too-deep`.
 */
export function withoutOptional(type: Type): Type {
  const known = answers.get(type)
  if (known !== undefined) return known
  const result = strip(type, undefined)
  answers.set(type, result)
  return result
}

// Every null of a type asks for this; a few bytes of nulls must not walk a large type again and again.
const answers = new WeakMap<Type, Type>()

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
