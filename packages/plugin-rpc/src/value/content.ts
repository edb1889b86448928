import { type Numeral, type Type, typeName, type Value } from '@ingot/cty'
import { failure, type Trail } from './trail.ts'

/*
 * What a value must hold to be of a type. Values come from authors, who can put them together by hand, so the
 * encoders look before they trust.
 */

export type SequenceType = Type & ({ readonly element: Type } | { readonly elements: readonly Type[] })
export type RecordType = Type & ({ readonly element: Type } | { readonly kind: 'object' })

export function textIn(value: Value, trail: Trail | undefined): string {
  if (typeof value.content !== 'string') throw unlike(value, 'string', trail)
  return value.content
}

export function truthIn(value: Value, trail: Trail | undefined): boolean {
  if (typeof value.content !== 'boolean') throw unlike(value, 'bool', trail)
  return value.content
}

export function numeralIn(value: Value, trail: Trail | undefined): Numeral {
  const { content } = value
  if (typeof content === 'number' || typeof content === 'bigint') return content
  if (typeof content === 'object' && content && 'decimal' in content && typeof content.decimal === 'string')
    return { decimal: content.decimal }
  throw unlike(value, 'number', trail)
}

/** The members of a list, set or tuple, with their types. */
export function sequenceIn(
  value: Value,
  type: SequenceType,
  trail: Trail | undefined,
): readonly (readonly [Value, Type])[] {
  const { content } = value
  if (!Array.isArray(content)) throw unlike(value, typeName(type), trail)
  const members: readonly Value[] = content
  if ('element' in type) return members.map((member) => [member, type.element])
  if (members.length !== type.elements.length) throw unlike(value, `tuple of ${type.elements.length}`, trail)
  return type.elements.map((element, index) => [members[index]!, element])
}

/** The members of a map or object by name, in the order of their names, with their types. */
export function membersIn(
  value: Value,
  type: RecordType,
  trail: Trail | undefined,
): readonly (readonly [string, Value, Type])[] {
  const { content } = value
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw unlike(value, typeName(type), trail)
  const members = content as Readonly<Record<string, Value>>
  const names = Object.keys(members).sort()
  if ('element' in type) return names.map((name) => [name, members[name]!, type.element])
  const wanted = Object.keys(type.attributes).sort()
  const odd = [
    ...names.filter((name) => !Object.hasOwn(type.attributes, name)),
    ...wanted.filter((name) => !Object.hasOwn(members, name)),
  ]
  if (odd.length > 0)
    throw failure('wire.unsupported', `and its type differ in the attribute ${odd[0]}`, trail)
  return wanted.map((name) => [name, members[name]!, type.attributes[name]!])
}

export function unlike(value: Value, wanted: string, trail: Trail | undefined): Error {
  return failure('wire.unsupported', `is no ${wanted} but a ${typeName(value.type)}; convert it first`, trail)
}
