import { boolValue, nullValue, numberValue, objectValue, stringValue, tupleValue } from '../construct.ts'
import { isWhollyKnown } from '../known.ts'
import { numeralText, parseNumeral } from '../numeral.ts'
import { withoutOptional } from '../optional.ts'
import { sameType } from '../same.ts'
import { descend, fail, rebase, type Trail } from '../trail.ts'
import type { Type } from '../type.ts'
import { typeName } from '../type-name.ts'
import { type Numeral, unknown, type Value } from '../value.ts'
import { convertible } from './can-convert.ts'
import { type Collection, collectionOf } from './collection.ts'
import { fillDynamic } from './fill-dynamic.ts'

/**
 * Converts a value to a type by HCL's rules: strings from numbers and booleans and back, lists and sets from tuples and
 * each other, maps from objects and back, objects from objects with at least the attributes that are not optional.
 * What is too much in an object is dropped, what is missing and optional becomes null. Nulls and unknowns become nulls
 * and unknowns of the type. Where the type says `dynamic`, anything is left as it is, and the members of a collection
 * are brought to one common type.
 *
 * @throws CtyError with the path to what does not convert: `wrong-type`, `bad-number`, `wrong-length`,
 * `missing-attribute`, `no-common-type`, `too-deep` or `too-large`.
 * @example
 * convert(tupleValue([numberValue(1), stringValue('b')]), list(string)) // → listValue(string, [stringValue('1'), stringValue('b')])
 */
export function convert(value: Value, type: Type): Value {
  return convertAt(value, type, undefined)
}

export function convertAt(value: Value, to: Type, trail: Trail | undefined): Value {
  if (to.kind === 'dynamic' || sameType(value.type, withoutOptional(to))) return value
  if (value.content === null || value.content === unknown) return convertBare(value, to, trail)
  if (isEmpty(value) && !convertible(value.type, to, 'unsafe', trail)) throw mismatch(value, to, trail)
  switch (to.kind) {
    case 'string':
      return toText(value, trail)
    case 'number':
      return toNumber(value, trail)
    case 'bool':
      return toBool(value, trail)
    case 'list':
    case 'set':
      return toSequence(value, to, trail)
    case 'map':
      return toMap(value, to, trail)
    case 'tuple':
      return toTuple(value, to, trail)
    case 'object':
      return toObject(value, to, trail)
  }
}

// What has no members is refused like what has some, so that a mistake shows early.
function isEmpty({ content }: Value): boolean {
  if (Array.isArray(content)) return content.length === 0
  return typeof content === 'object' && content !== null && Object.keys(content).length === 0
}

/** Null and unknown have no content, so the types alone decide. */
function convertBare(value: Value, to: Type, trail: Trail | undefined): Value {
  if (!convertible(value.type, to, 'unsafe', trail)) throw mismatch(value, to, trail)
  return { type: fillDynamic(value.type, to, trail), content: value.content }
}

function toText(value: Value, trail: Trail | undefined): Value {
  if (value.type.kind === 'number') return stringValue(numeralText(value.content as Numeral))
  if (value.type.kind === 'bool') return stringValue(String(value.content))
  throw mismatch(value, { kind: 'string' }, trail)
}

function toNumber(value: Value, trail: Trail | undefined): Value {
  if (value.type.kind !== 'string') throw mismatch(value, { kind: 'number' }, trail)
  return rebase(trail, () => numberValue(parseNumeral(value.content as string)))
}

function toBool(value: Value, trail: Trail | undefined): Value {
  if (value.type.kind !== 'string') throw mismatch(value, { kind: 'bool' }, trail)
  const text = value.content as string
  if (text === 'true' || text === '1') return boolValue(true)
  if (text === 'false' || text === '0') return boolValue(false)
  const remedy = /^(true|false)$/i.test(text) ? '; write it in lower case' : ''
  throw fail('wrong-type', `a bool is required, true or false${remedy}`, trail)
}

function toSequence(value: Value, to: Collection, trail: Trail | undefined): Value {
  const { kind } = value.type
  if (kind !== 'list' && kind !== 'set' && kind !== 'tuple') throw mismatch(value, to, trail)
  const members = value.content as readonly Value[]
  if (kind === 'set' && to.kind === 'list' && members.length > 1 && !isWhollyKnown(value)) {
    // Members that turn out equal would be one, so the length is not known.
    return convertBare({ type: value.type, content: unknown }, to, trail)
  }
  return collectionOf(
    to,
    members.map((member, i) => [i, convertAt(member, to.element, descend(trail, i))]),
    value.type,
    trail,
  )
}

function toMap(value: Value, to: Collection, trail: Trail | undefined): Value {
  if (value.type.kind !== 'map' && value.type.kind !== 'object') throw mismatch(value, to, trail)
  return collectionOf(
    to,
    Object.entries(value.content as Record<string, Value>).map(([key, member]) => [
      key,
      convertAt(member, to.element, descend(trail, key)),
    ]),
    value.type,
    trail,
  )
}

function toTuple(value: Value, to: Type & { readonly kind: 'tuple' }, trail: Trail | undefined): Value {
  if (value.type.kind !== 'tuple') throw mismatch(value, to, trail)
  const members = value.content as readonly Value[]
  if (members.length !== to.elements.length) {
    const reason = `the tuple needs ${to.elements.length} elements, not ${members.length}`
    throw fail('wrong-length', reason, trail)
  }
  return tupleValue(members.map((member, i) => convertAt(member, to.elements[i]!, descend(trail, i))))
}

function toObject(value: Value, to: Type & { readonly kind: 'object' }, trail: Trail | undefined): Value {
  if (value.type.kind !== 'object' && value.type.kind !== 'map') throw mismatch(value, to, trail)
  const given = value.content as Readonly<Record<string, Value>>
  const optional = new Set(to.optional)
  const attributes = Object.entries(to.attributes).map(([name, type]): [string, Value] => {
    const inner = descend(trail, name)
    if (Object.hasOwn(given, name)) return [name, convertAt(given[name]!, type, inner)]
    if (optional.has(name)) return [name, nullValue(withoutOptional(type))]
    throw fail('missing-attribute', `this attribute (${typeName(type)}) is required`, inner)
  })
  return objectValue(Object.fromEntries(attributes))
}

function mismatch(value: Value, to: Type, trail: Trail | undefined): Error {
  return fail('wrong-type', `${typeName(to)} required, not ${typeName(value.type)}`, trail)
}
