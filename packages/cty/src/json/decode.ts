import { boolValue, nullValue, numberValue, objectValue, stringValue, tupleValue } from '../construct.ts'
import { CtyError } from '../error.ts'
import { MAX_JSON_VALUES } from '../limits.ts'
import { settleMembers } from '../members.ts'
import { parseNumeral } from '../numeral.ts'
import { withoutOptional } from '../optional.ts'
import { setMembers } from '../set-members.ts'
import { normalText } from '../text.ts'
import { descend, fail, rebase, type Trail } from '../trail.ts'
import { list, map, set, type Type } from '../type.ts'
import { typeName } from '../type-name.ts'
import type { Value } from '../value.ts'
import { type Json, JsonNumber, readJson } from './read.ts'
import { readType } from './type.ts'

/**
 * Reads a value of the type from JSON, without losing digits. As lenient as go-cty: numbers and booleans may stand in
 * strings and strings may hold numbers and booleans, a missing attribute is null. Where the type is `dynamic` the JSON
 * must be `{"value":V,"type":T}`, in either order.
 *
 * @throws CtyError with the path to what is wrong: `bad-json`, `bad-type`, `bad-number`, `wrong-type`, `wrong-length`,
 * `unexpected-attribute`, `too-deep` or `too-large`.
 * @example
 * valueFromJson('{"value":["a"],"type":["list","string"]}', dynamic) // → listValue(string, [stringValue('a')])
 */
export function valueFromJson(json: string | Uint8Array, type: Type): Value {
  return new Decoder().value(readJson(json), type, undefined)
}

class Decoder {
  #filledIn = 0

  value(json: Json, type: Type, trail: Trail | undefined): Value {
    if (json === null) return nullValue(withoutOptional(type))
    switch (type.kind) {
      case 'dynamic':
        return this.#dynamic(json, trail)
      case 'string':
        return decodeString(json, trail)
      case 'number':
        return decodeNumber(json, trail)
      case 'bool':
        return decodeBool(json, trail)
      case 'tuple':
        return this.#tuple(json, type.elements, trail)
      case 'object':
        return this.#object(json, type.attributes, trail)
      case 'map':
        return this.#map(json, type.element, trail)
      default:
        return this.#sequence(json, type, trail)
    }
  }

  #dynamic(json: Json, trail: Trail | undefined): Value {
    const value = json instanceof Map ? json.get('value') : undefined
    const type = json instanceof Map ? json.get('type') : undefined
    if (value === undefined || type === undefined || (json as Map<string, Json>).size !== 2) {
      throw fail(
        'bad-json',
        'the JSON must be {"value":V,"type":T}, because the type is not known otherwise',
        trail,
      )
    }
    return this.value(
      value,
      rebase(trail, () => readType(type, undefined)),
      trail,
    )
  }

  #sequence(json: Json, type: Type & { element: Type }, trail: Trail | undefined): Value {
    if (!Array.isArray(json)) throw wrong(`an array for ${typeName(type)}`, trail)
    const items = json.map((item, i): [number, Value] => [
      i,
      this.value(item, type.element, descend(trail, i)),
    ])
    const { element, members } = settleMembers(type.element, items, trail)
    const values = members.map(([, value]) => value)
    return type.kind === 'set'
      ? { type: set(element), content: setMembers(values) }
      : { type: list(element), content: values }
  }

  #map(json: Json, wanted: Type, trail: Trail | undefined): Value {
    if (!(json instanceof Map)) throw wrong(`an object for ${typeName(map(wanted))}`, trail)
    const items = [...json].map(([key, item]): [string, Value] => [
      normalText(key),
      this.value(item, wanted, descend(trail, key)),
    ])
    const { element, members } = settleMembers(wanted, items, trail)
    return { type: map(element), content: Object.fromEntries(members) }
  }

  #tuple(json: Json, types: readonly Type[], trail: Trail | undefined): Value {
    if (!Array.isArray(json)) throw wrong('an array for a tuple', trail)
    if (json.length !== types.length) {
      throw fail('wrong-length', `the tuple needs ${types.length} elements, not ${json.length}`, trail)
    }
    return tupleValue(json.map((item, i) => this.value(item, types[i]!, descend(trail, i))))
  }

  #object(json: Json, types: Readonly<Record<string, Type>>, trail: Trail | undefined): Value {
    if (!(json instanceof Map)) throw wrong('an object', trail)
    const given = new Map([...json].map(([key, item]) => [normalText(key), item]))
    for (const name of given.keys()) {
      if (!Object.hasOwn(types, name)) {
        throw fail('unexpected-attribute', 'the type has no such attribute', descend(trail, name))
      }
    }
    this.#fillIn(Object.keys(types).length - given.size)
    const attributes = Object.entries(types).map(([name, type]) => [
      name,
      this.value(given.get(name) ?? null, type, descend(trail, name)),
    ])
    return objectValue(Object.fromEntries(attributes))
  }

  // Many empty objects of a large type would be far larger than their JSON.
  #fillIn(attributes: number): void {
    this.#filledIn += attributes
    if (this.#filledIn > MAX_JSON_VALUES)
      throw new CtyError('too-large', `JSON that leaves out more than ${MAX_JSON_VALUES} attributes`)
  }
}

function decodeString(json: Json, trail: Trail | undefined): Value {
  if (json instanceof JsonNumber) return stringValue(json.text)
  if (typeof json === 'string' || typeof json === 'boolean') return stringValue(String(json))
  throw wrong('a string', trail)
}

function decodeNumber(json: Json, trail: Trail | undefined): Value {
  const text = json instanceof JsonNumber ? json.text : json
  if (typeof text !== 'string') throw wrong('a number', trail)
  return rebase(trail, () => numberValue(parseNumeral(text)))
}

function decodeBool(json: Json, trail: Trail | undefined): Value {
  if (typeof json === 'boolean') return boolValue(json)
  if (json === 'true' || json === '1') return boolValue(true)
  if (json === 'false' || json === '0') return boolValue(false)
  throw wrong('true or false', trail)
}

function wrong(needed: string, trail: Trail | undefined): Error {
  return fail('wrong-type', `the JSON must be ${needed} here`, trail)
}
