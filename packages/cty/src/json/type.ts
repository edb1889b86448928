import { byCodePoint, normalText } from '../text.ts'
import { descend, fail, type Trail } from '../trail.ts'
import { bool, dynamic, list, map, number, object, set, string, type Type, tuple } from '../type.ts'
import { quote } from './quote.ts'
import { type Json, readJson } from './read.ts'

/**
 * A type in JSON, as go-cty writes it: `"string"`, `["list","string"]`, `["object",{"a":"number"},["a"]]` (the third
 * member names optional attributes). Names are sorted.
 *
 * @throws CtyError `too-deep`.
 * @example
 * typeToJson(map(number)) // → '["map","number"]'
 */
export function typeToJson(type: Type): string {
  return write(type, undefined)
}

/**
 * Reads what {@link typeToJson} writes.
 *
 * @throws CtyError `bad-json`, `bad-type`, `too-deep` or `too-large`.
 */
export function typeFromJson(json: string | Uint8Array): Type {
  return readType(readJson(json), undefined)
}

function write(type: Type, trail: Trail | undefined): string {
  if (type.kind === 'tuple') {
    return `["tuple",[${type.elements.map((element, i) => write(element, descend(trail, i))).join()}]]`
  }
  if (type.kind === 'object') return writeObject(type, trail)
  if ('element' in type) return `["${type.kind}",${write(type.element, descend(trail, type.kind))}]`
  return `"${type.kind}"`
}

function writeObject(type: Extract<Type, { kind: 'object' }>, trail: Trail | undefined): string {
  const attributes = Object.keys(type.attributes)
    .sort(byCodePoint)
    .map((name) => `${quote(name)}:${write(type.attributes[name]!, descend(trail, name))}`)
  const optional = [...(type.optional ?? [])].sort(byCodePoint).map(quote)
  return `["object",{${attributes.join()}}${optional.length > 0 ? `,[${optional.join()}]` : ''}]`
}

const primitives = new Map<Json, Type>([
  ['string', string],
  ['number', number],
  ['bool', bool],
  ['dynamic', dynamic],
])

/** The type that a JSON value describes; `trail` is where it stands in the whole. */
export function readType(json: Json, trail: Trail | undefined): Type {
  const primitive = primitives.get(json)
  if (primitive !== undefined) return primitive
  if (!Array.isArray(json)) throw badType(trail)
  const [kind, inner, optional] = json
  if (json.length > (kind === 'object' ? 3 : 2)) throw badType(trail)
  switch (kind) {
    case 'list':
      return list(readType(inner ?? null, descend(trail, kind)))
    case 'set':
      return set(readType(inner ?? null, descend(trail, kind)))
    case 'map':
      return map(readType(inner ?? null, descend(trail, kind)))
    case 'tuple':
      // Go writes null for an empty tuple that came to it in gob.
      if (inner === null) return tuple([])
      if (!Array.isArray(inner)) throw badType(trail)
      return tuple(inner.map((element, i) => readType(element, descend(trail, i))))
    case 'object':
      return readObject(inner, optional, trail)
    default:
      throw badType(trail)
  }
}

function readObject(
  attributes: Json | undefined,
  optional: Json | undefined,
  trail: Trail | undefined,
): Type {
  if (!(attributes instanceof Map)) throw badType(trail)
  const types = [...attributes].map(([name, type]) => [
    normalText(name),
    readType(type, descend(trail, name)),
  ])
  return object(
    Object.fromEntries(types),
    optional === undefined ? [] : readNames(optional, attributes, trail),
  )
}

function readNames(json: Json, attributes: ReadonlyMap<string, Json>, trail: Trail | undefined): string[] {
  if (!Array.isArray(json)) throw badType(trail)
  return json.map((name) => {
    if (typeof name !== 'string' || !attributes.has(name)) throw badType(trail)
    return normalText(name)
  })
}

function badType(trail: Trail | undefined): Error {
  const forms =
    '"string", "number", "bool", "dynamic", ["list"|"set"|"map", T], ["tuple", [T…]] or ["object", {name: T…}]'
  return fail('bad-type', `the JSON describes no type: it must be ${forms}`, trail)
}
