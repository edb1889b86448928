import {
  boolValue,
  dynamic,
  list,
  type Numeral,
  nullValue,
  number,
  numberValue,
  object,
  objectValue,
  parseNumeral,
  string,
  stringValue,
  type Type,
  tuple,
  tupleValue,
  typeFromJson,
  typeName,
  unknownValue,
  type Value,
  withoutOptional,
} from '@ingot/cty'
import { decodeUtf8 } from '../utf8.ts'
import { WireError } from '../wire-error.ts'
import { asWireError } from './cty-failure.ts'
import { MAX_VALUE_BYTES, MAX_VALUES } from './limits.ts'
import { mapOf, sequenceOf } from './members.ts'
import { MsgpackReader, type Token } from './msgpack-reader.ts'
import { descend, failure, type Trail } from './trail.ts'

/**
 * Reads the result of `Datasource.Execute` from a plugin started with `--protobuf`.
 *
 * @throws WireError when the bytes are no such value or beyond the limits of `limits.ts`.
 */
export function decodeValueMsgpack(bytes: Uint8Array): Value {
  if (bytes.length > MAX_VALUE_BYTES) throw tooMuch('bytes', MAX_VALUE_BYTES)
  return asWireError('wire.malformed', () => new MsgpackDecoder(bytes).document())
}

class MsgpackDecoder {
  readonly #reader: MsgpackReader
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#reader = new MsgpackReader(bytes)
  }

  document(): Value {
    const value = this.#value(dynamic, undefined)
    if (this.#reader.left > 0)
      throw failure('wire.malformed', `is followed by ${this.#reader.left} more bytes`, undefined)
    return value
  }

  #value(type: Type, trail: Trail | undefined): Value {
    if (++this.#values > MAX_VALUES) throw tooMuch('values', MAX_VALUES)
    const token = this.#reader.token()
    if (token.kind === 'scalar' && token.value === null) return nullValue(type)
    // A payload only narrows down what the unknown value may be.
    if (token.kind === 'extension') return unknownValue(type)
    switch (type.kind) {
      case 'dynamic':
        return this.#dynamic(token, trail)
      case 'string':
        return stringValue(textOf(token, type, trail))
      case 'number':
        return numberValue(numeralOf(token, trail))
      case 'bool':
        if (token.kind !== 'scalar' || typeof token.value !== 'boolean') throw mismatch(token, type, trail)
        return boolValue(token.value)
      case 'map':
        return this.#map(token, type.element, trail)
      case 'object':
        return this.#object(token, type, trail)
      case 'tuple':
        return this.#tuple(token, type.elements, trail)
      default:
        return this.#sequence(token, type.kind, type.element, trail)
    }
  }

  #dynamic(token: Token, trail: Trail | undefined): Value {
    if (token.kind !== 'list' || token.count !== 2) throw mismatch(token, dynamic, trail)
    const head = this.#reader.token()
    if (head.kind !== 'text') throw mismatch(head, string, trail)
    const type = withoutOptional(typeFromJson(head.bytes))
    if (type.kind === 'dynamic') throw failure('wire.malformed', 'says that it has no type', trail)
    return this.#value(type, trail)
  }

  #sequence(token: Token, kind: 'list' | 'set', element: Type, trail: Trail | undefined): Value {
    if (token.kind !== 'list') throw mismatch(token, list(element), trail)
    return sequenceOf(
      kind,
      element,
      this.#elements(token.count, () => element, trail),
    )
  }

  #tuple(token: Token, elements: readonly Type[], trail: Trail | undefined): Value {
    if (token.kind !== 'list') throw mismatch(token, tuple(elements), trail)
    if (elements.length !== token.count)
      throw failure('wire.malformed', `has ${token.count} elements, not ${elements.length}`, trail)
    return tupleValue(this.#elements(token.count, (index) => elements[index]!, trail))
  }

  #elements(count: number, typeOf: (index: number) => Type, trail: Trail | undefined): Value[] {
    const members: Value[] = []
    for (let i = 0; i < count; i++) members.push(this.#value(typeOf(i), descend(trail, i)))
    return members
  }

  #map(token: Token, element: Type, trail: Trail | undefined): Value {
    return mapOf(
      element,
      this.#members(token, () => element, trail),
    )
  }

  // As in Go every attribute must be there, so that few bytes cannot stand for many nulls.
  #object(token: Token, type: ObjectType, trail: Trail | undefined): Value {
    const members = this.#members(token, (name) => attributeOf(type, name, trail), trail)
    const attributes = Object.fromEntries(members)
    const wanted = Object.keys(type.attributes).length
    if (Object.keys(attributes).length !== wanted)
      throw failure('wire.malformed', `has not all of its ${wanted} attributes`, trail)
    return objectValue(attributes)
  }

  #members(token: Token, typeOf: (name: string) => Type, trail: Trail | undefined): [string, Value][] {
    if (token.kind !== 'map') throw mismatch(token, object({}), trail)
    const members: [string, Value][] = []
    for (let i = 0; i < token.count; i++) {
      const name = textOf(this.#reader.token(), string, trail)
      members.push([name, this.#value(typeOf(name), descend(trail, name))])
    }
    return members
  }
}

type ObjectType = Type & { readonly kind: 'object' }

function attributeOf(type: ObjectType, name: string, trail: Trail | undefined): Type {
  if (!Object.hasOwn(type.attributes, name))
    throw failure('wire.malformed', 'is an attribute that its type has not', descend(trail, name))
  return type.attributes[name]!
}

function textOf(token: Token, type: Type, trail: Trail | undefined): string {
  if (token.kind !== 'text') throw mismatch(token, type, trail)
  return decodeUtf8(token.bytes)
}

function numeralOf(token: Token, trail: Trail | undefined): Numeral {
  if (token.kind === 'text') return parseNumeral(decodeUtf8(token.bytes))
  if (token.kind !== 'scalar' || token.value === null || typeof token.value === 'boolean')
    throw mismatch(token, number, trail)
  return token.value
}

function mismatch(token: Token, type: Type, trail: Trail | undefined): WireError {
  return failure('wire.malformed', `is a ${token.kind} in MessagePack, not ${typeName(type)}`, trail)
}

function tooMuch(what: string, limit: number): WireError {
  return new WireError('wire.limit', `A value has more than the ${limit} ${what} allowed.`)
}
