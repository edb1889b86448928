import { bool, list, map, number, object, set, string, type Type, tuple } from '@ingot/cty'
import { decodeGob } from '../gob/decode.ts'
import { encodeGob, type Write, writeInterface, writeStruct } from '../gob/encode.ts'
import { type GobStructType, type GobType, INT, INTERFACE, STRING, struct, UINT } from '../gob/gob-type.ts'
import { GobStruct, type GobValue, mismatch } from '../gob/gob-value.ts'
import { WireError } from '../wire-error.ts'
import { descend, failure, type Trail } from './trail.ts'

/*
 * A cty.Type is a gob stream of its own: a struct whose field Impl holds one of go-cty's implementations of types,
 * in which inner types are streams again.
 */
const PACKAGE = 'github.com/zclconf/go-cty/cty.'
const GOB_TYPE = 65
const IMPL = 66
const TYPE = 67
const TYPES = 68
const EMPTY_BY_NAME = 69
const EMPTY = 70

const gobType = struct('gobType', ['Version', INT], ['Impl', INTERFACE])
const opaqueType: GobType = { kind: 'opaque', name: 'Type' }

/** Primitive types are told apart by the character of their Kind. */
const KINDS = new Map<Type['kind'], number>([
  ['string', 0x53],
  ['number', 0x4e],
  ['bool', 0x42],
])

const COLLECTIONS = { list: 'typeList', set: 'typeSet', map: 'typeMap' } as const

interface Implementation {
  readonly impl: GobStructType
  readonly types?: readonly (readonly [number, GobType])[]
  readonly fields: readonly (Write | undefined)[]
}

/**
 * A type as go-cty writes it.
 *
 * @throws WireError `wire.unsupported` for `dynamic`, which go-cty itself cannot write either.
 */
export function encodeTypeGob(type: Type, trail?: Trail): Uint8Array {
  const { impl, types = [], fields } = implementation(type, trail)
  return encodeGob({
    types: new Map([[GOB_TYPE, gobType], [IMPL, impl], [TYPE, opaqueType], ...types]),
    type: GOB_TYPE,
    value: (writer) =>
      writeStruct(writer, [
        undefined,
        (inner) =>
          writeInterface(inner, { name: PACKAGE + impl.name, id: IMPL, type: impl }, (body) =>
            writeStruct(body, fields),
          ),
      ]),
  })
}

function implementation(type: Type, trail: Trail | undefined): Implementation {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'bool':
      return { impl: struct('primitiveType', ['Kind', UINT]), fields: [(w) => w.uint(KINDS.get(type.kind)!)] }
    case 'list':
    case 'set':
    case 'map':
      return collection(COLLECTIONS[type.kind], encodeTypeGob(type.element, descend(trail, type.kind)))
    case 'tuple':
      return tupleImplementation(type.elements.map((element, i) => encodeTypeGob(element, descend(trail, i))))
    case 'object':
      return objectImplementation(type, trail)
    case 'dynamic':
      throw failure(
        'wire.unsupported',
        'has no type, which packer before 1.12 cannot be told: say which type it has',
        trail,
      )
  }
}

function collection(name: string, element: Uint8Array): Implementation {
  return { impl: struct(name, ['ElementTypeT', TYPE]), fields: [(writer) => writer.bytes(element)] }
}

function tupleImplementation(elements: readonly Uint8Array[]): Implementation {
  const write: Write = (writer) => {
    writer.uint(elements.length)
    for (const element of elements) writer.bytes(element)
  }
  return {
    impl: struct('typeTuple', ['ElemTypes', TYPES]),
    types: [[TYPES, { kind: 'list', name: '[]cty.Type', element: TYPE }]],
    fields: [write],
  }
}

function objectImplementation(type: Type & { kind: 'object' }, trail: Trail | undefined): Implementation {
  const names = Object.keys(type.attributes).sort()
  const attributes: Write = (writer) => {
    writer.uint(names.length)
    for (const name of names)
      writer.string(name).bytes(encodeTypeGob(type.attributes[name]!, descend(trail, name)))
  }
  const optional: Write = (writer) => {
    writer.uint(type.optional!.length)
    for (const name of type.optional!) writeStruct(writer.string(name), [])
  }
  return {
    impl: struct('typeObject', ['AttrTypes', TYPES], ['AttrOptional', EMPTY_BY_NAME]),
    types: [
      [TYPES, { kind: 'map', name: 'map[string]cty.Type', key: STRING, element: TYPE }],
      [EMPTY_BY_NAME, { kind: 'map', name: 'map[string]struct {}', key: STRING, element: EMPTY }],
      [EMPTY, struct('')],
    ],
    fields: [attributes, type.optional ? optional : undefined],
  }
}

/**
 * Reads a type that go-cty wrote.
 *
 * @throws WireError when the bytes are no such type, or one beyond the limits of gob or of `@ingot/cty`.
 */
export function decodeTypeGob(bytes: Uint8Array, trail?: Trail): Type {
  const gob = decodeGob(bytes)
  if (!(gob instanceof GobStruct)) throw mismatch('a type', 'a struct')
  const { concrete, value } = gob.interface('Impl')
  const name = concrete.startsWith(PACKAGE) ? concrete.slice(PACKAGE.length) : ''
  if (!(value instanceof GobStruct))
    throw mismatch(`the type ${JSON.stringify(concrete.slice(0, 64))}`, 'a struct')
  switch (name) {
    case 'primitiveType':
      return primitive(value.number('Kind'))
    case 'typeList':
      return list(elementType(value, descend(trail, 'list')))
    case 'typeSet':
      return set(elementType(value, descend(trail, 'set')))
    case 'typeMap':
      return map(elementType(value, descend(trail, 'map')))
    case 'typeTuple':
      return tuple(value.list('ElemTypes').map((element, index) => inner(element, descend(trail, index))))
    case 'typeObject':
      return objectType(value, trail)
    default:
      throw new WireError(
        'wire.unsupported',
        `A gob stream has the unknown type ${JSON.stringify(concrete.slice(0, 64))}.`,
      )
  }
}

function primitive(kind: number): Type {
  const found = [string, number, bool].find((type) => KINDS.get(type.kind) === kind)
  if (!found) throw mismatch('a primitive type', 'a known kind')
  return found
}

function elementType(value: GobStruct, trail: Trail): Type {
  return decodeTypeGob(value.bytes('ElementTypeT'), trail)
}

function objectType(value: GobStruct, trail: Trail | undefined): Type {
  const attributes = value
    .map('AttrTypes')
    .textEntries()
    .map(([name, type]) => [name, inner(type, descend(trail, name))] as const)
  const optional = value.map('AttrOptional').textEntries()
  return object(
    Object.fromEntries(attributes),
    optional.map(([name]) => name),
  )
}

function inner(type: GobValue, trail: Trail): Type {
  if (!(type instanceof Uint8Array)) throw mismatch('an inner type', 'bytes')
  return decodeTypeGob(type, trail)
}
