import {
  boolValue,
  nullValue,
  numberValue,
  objectValue,
  stringValue,
  type Type,
  tupleValue,
  typeName,
  type Value,
  withoutOptional,
} from '@ingot/cty'
import { decodeGob } from '../gob/decode.ts'
import { GobInterface, GobMap, GobStruct, type GobValue, isList, mismatch } from '../gob/gob-value.ts'
import { decodeBigFloat } from './big-float.ts'
import { asWireError } from './cty-failure.ts'
import { mapOf, sequenceOf } from './members.ts'
import { descend, failure, type Trail } from './trail.ts'
import { decodeTypeGob } from './type-gob.ts'

/**
 * Reads the result of `Datasource.Execute` from a plugin started without `--protobuf`.
 *
 * @throws WireError when the bytes are no such value or beyond the limits of `limits.ts` and of gob.
 */
export function decodeValueGob(bytes: Uint8Array): Value {
  return asWireError('wire.malformed', () => {
    const opaque = decodeGob(bytes)
    if (!(opaque instanceof Uint8Array)) throw mismatch('a value', 'bytes')
    const value = decodeGob(opaque)
    if (!(value instanceof GobStruct)) throw mismatch('a value', 'a struct')
    return valueFrom(value.interface('V'), withoutOptional(decodeTypeGob(value.bytes('Ty'))), undefined)
  })
}

function valueFrom(gob: GobValue, type: Type, trail: Trail | undefined): Value {
  const value = gob instanceof GobInterface ? gob.value : gob
  if (value === undefined) return nullValue(type)
  switch (type.kind) {
    case 'string':
      if (typeof value === 'string') return stringValue(value)
      break
    case 'bool':
      if (typeof value === 'boolean') return boolValue(value)
      break
    case 'number':
      if (value instanceof Uint8Array) return numberValue(decodeBigFloat(value))
      break
    case 'list':
      if (isList(value)) return sequenceOf('list', type.element, elements(value, type.element, trail))
      break
    case 'set':
      if (value instanceof Uint8Array) return setFrom(value, type.element, trail)
      break
    case 'map':
      if (value instanceof GobMap) return mapFrom(value, type.element, trail)
      break
    case 'tuple':
      if (isList(value)) return tupleFrom(value, type.elements, trail)
      break
    case 'object':
      if (value instanceof GobMap) return objectFrom(value, type, trail)
  }
  throw failure('wire.malformed', `is in gob no ${typeName(type)}`, trail)
}

function elements(values: readonly GobValue[], element: Type, trail: Trail | undefined): Value[] {
  return values.map((value, index) => valueFrom(value, element, descend(trail, index)))
}

function setFrom(bytes: Uint8Array, element: Type, trail: Trail | undefined): Value {
  const set = decodeGob(bytes)
  if (!(set instanceof GobStruct)) throw mismatch('a set', 'a struct')
  return sequenceOf('set', element, elements(set.list('Values'), element, trail))
}

function mapFrom(gob: GobMap, element: Type, trail: Trail | undefined): Value {
  const members = gob
    .textEntries()
    .map(([key, value]) => [key, valueFrom(value, element, descend(trail, key))] as const)
  return mapOf(element, members)
}

function tupleFrom(values: readonly GobValue[], types: readonly Type[], trail: Trail | undefined): Value {
  if (values.length !== types.length)
    throw failure('wire.malformed', `has ${values.length} elements, not ${types.length}`, trail)
  return tupleValue(values.map((value, index) => valueFrom(value, types[index]!, descend(trail, index))))
}

function objectFrom(gob: GobMap, type: ObjectType, trail: Trail | undefined): Value {
  const given = new Map(gob.textEntries())
  const names = Object.keys(type.attributes)
  if (given.size !== names.length || names.some((name) => !given.has(name)))
    throw failure('wire.malformed', `has not exactly the ${names.length} attributes of its type`, trail)
  const attributes = names.map((name) => {
    const value = valueFrom(given.get(name)!, type.attributes[name]!, descend(trail, name))
    return [name, value] as const
  })
  return objectValue(Object.fromEntries(attributes))
}

type ObjectType = Type & { readonly kind: 'object' }
