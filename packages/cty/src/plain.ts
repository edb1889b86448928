import { boolValue, nullValue, numberValue, objectValue, stringValue, tupleValue } from './construct.ts'
import { settleMembers } from './members.ts'
import { withoutOptional } from './optional.ts'
import { setMembers } from './set-members.ts'
import { normalText } from './text.ts'
import { descend, fail, rebase, type Trail } from './trail.ts'
import { list, map, set, type Type } from './type.ts'
import { typeName } from './type-name.ts'
import { type Numeral, unknown, type Value } from './value.ts'

/** What a value is in plain JavaScript: null, strings, booleans, {@link Numeral}s, arrays and objects. */
export type Plain = null | string | boolean | Numeral | readonly Plain[] | { readonly [name: string]: Plain }

/**
 * A value as plain JavaScript data. Numbers stay exact: a bigint or `{ decimal }` where a JavaScript number would
 * lose digits. Sets become arrays.
 *
 * @throws CtyError `not-known` when anything in it is unknown, `too-deep`.
 * @example
 * toPlain(listValue(string, [stringValue('a')])) // → ['a']
 */
export function toPlain(value: Value): Plain {
  return plainAt(value, undefined)
}

function plainAt({ type, content }: Value, trail: Trail | undefined): Plain {
  if (content === unknown) throw fail('not-known', 'the value is not known yet', trail)
  if (content === null || typeof content !== 'object' || type.kind === 'number') return content as Plain
  if (Array.isArray(content)) return content.map((member, i) => plainAt(member, descend(trail, i)))
  const entries = Object.entries(content as Readonly<Record<string, Value>>)
  return Object.fromEntries(entries.map(([name, member]) => [name, plainAt(member, descend(trail, name))]))
}

/**
 * A value of the type from plain JavaScript data. Strict: it converts nothing, so a number for a string is refused.
 * null and undefined are null, a missing attribute too; `Map` may stand for maps and objects, `Set` for lists and sets.
 * Where the type is `dynamic` it follows from the data: arrays become tuples, objects objects.
 *
 * @throws CtyError with the path to what does not fit: `wrong-type`, `wrong-length`, `unexpected-attribute`,
 * `bad-number`, `too-deep` (also for cycles) or `too-large`.
 * @example
 * toPlain(fromPlain({ id: 'x' }, object({ id: string, tags: map(string) }))) // → { id: 'x', tags: null }
 */
export function fromPlain(data: unknown, type: Type): Value {
  return valueAt(data, type, undefined)
}

function valueAt(data: unknown, type: Type, trail: Trail | undefined): Value {
  if (data === null || data === undefined) return nullValue(withoutOptional(type))
  switch (type.kind) {
    case 'dynamic':
      return inferred(data, trail)
    case 'string':
      if (typeof data !== 'string') throw wrong(data, type, trail)
      return stringValue(data)
    case 'bool':
      if (typeof data !== 'boolean') throw wrong(data, type, trail)
      return boolValue(data)
    case 'number':
      if (!isNumeral(data)) throw wrong(data, type, trail)
      return rebase(trail, () => numberValue(data))
    case 'tuple':
      return tupleFrom(items(data, type, trail), type.elements, trail)
    case 'object':
      return objectFrom(entries(data, type, trail), type.attributes, trail)
    case 'map':
      return mapFrom(entries(data, type, trail), type.element, trail)
    default:
      return sequenceFrom(items(data, type, trail), type, trail)
  }
}

function inferred(data: unknown, trail: Trail | undefined): Value {
  if (typeof data === 'string') return stringValue(data)
  if (typeof data === 'boolean') return boolValue(data)
  if (typeof data === 'number' || typeof data === 'bigint') return rebase(trail, () => numberValue(data))
  const dynamic: Type = { kind: 'dynamic' }
  if (Array.isArray(data) || data instanceof Set) {
    return tupleValue([...data].map((item, i) => valueAt(item, dynamic, descend(trail, i))))
  }
  const members = entries(data, dynamic, trail)
  return objectValue(
    Object.fromEntries(members.map(([name, item]) => [name, valueAt(item, dynamic, descend(trail, name))])),
  )
}

function tupleFrom(data: readonly unknown[], types: readonly Type[], trail: Trail | undefined): Value {
  if (data.length !== types.length) {
    throw fail('wrong-length', `the tuple needs ${types.length} elements, not ${data.length}`, trail)
  }
  return tupleValue(data.map((item, i) => valueAt(item, types[i]!, descend(trail, i))))
}

function objectFrom(
  data: readonly (readonly [string, unknown])[],
  types: Readonly<Record<string, Type>>,
  trail: Trail | undefined,
): Value {
  const given = new Map(data)
  for (const name of given.keys()) {
    if (!Object.hasOwn(types, name)) {
      throw fail('unexpected-attribute', 'the type has no such attribute', descend(trail, name))
    }
  }
  const attributes = Object.entries(types).map(([name, type]) => [
    name,
    valueAt(given.get(name), type, descend(trail, name)),
  ])
  return objectValue(Object.fromEntries(attributes))
}

function mapFrom(
  data: readonly (readonly [string, unknown])[],
  wanted: Type,
  trail: Trail | undefined,
): Value {
  const values = data.map(([key, item]): [string, Value] => [key, valueAt(item, wanted, descend(trail, key))])
  const { element, members } = settleMembers(wanted, values, trail)
  return { type: map(element), content: Object.fromEntries(members) }
}

function sequenceFrom(
  data: readonly unknown[],
  type: Type & { element: Type },
  trail: Trail | undefined,
): Value {
  const values = data.map((item, i): [number, Value] => [i, valueAt(item, type.element, descend(trail, i))])
  const { element, members } = settleMembers(type.element, values, trail)
  const content = members.map(([, value]) => value)
  return type.kind === 'set'
    ? { type: set(element), content: setMembers(content) }
    : { type: list(element), content }
}

function items(data: unknown, type: Type, trail: Trail | undefined): readonly unknown[] {
  if (Array.isArray(data)) return data
  if (data instanceof Set) return [...data]
  throw wrong(data, type, trail)
}

function entries(
  data: unknown,
  type: Type,
  trail: Trail | undefined,
): readonly (readonly [string, unknown])[] {
  if (!isRecord(data)) throw wrong(data, type, trail)
  const all: [unknown, unknown][] = data instanceof Map ? [...data] : Object.entries(data)
  return all.map(([name, item]) => {
    if (typeof name !== 'string') throw wrong(name, { kind: 'string' }, trail)
    return [normalText(name), item]
  })
}

/** Objects that carry data, not behaviour: a Date or a Buffer would silently lose what it is. */
function isRecord(data: unknown): data is object {
  if (typeof data !== 'object' || data === null) return false
  if (data instanceof Map) return true
  const prototype = Object.getPrototypeOf(data)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function isNumeral(data: unknown): data is Numeral {
  if (typeof data === 'number' || typeof data === 'bigint') return true
  return isRecord(data) && 'decimal' in data && typeof data.decimal === 'string'
}

function wrong(data: unknown, type: Type, trail: Trail | undefined): Error {
  const needed =
    type.kind === 'dynamic' ? 'plain data (strings, numbers, booleans, arrays, objects)' : typeName(type)
  return fail('wrong-type', `${needed} required, not ${nameOf(data)}`, trail)
}

function nameOf(data: unknown): string {
  if (typeof data !== 'object' || data === null) return `a ${typeof data}`
  if (Array.isArray(data)) return 'an array'
  return isRecord(data)
    ? 'an object'
    : `a ${Object.getPrototypeOf(data).constructor?.name ?? 'special object'}`
}
