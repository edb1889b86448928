import { type Type, unknown, type Value } from '@ingot/cty'
import { encodeGob, type Write, writeInterface, writeNilInterface, writeStruct } from '../gob/encode.ts'
import { FIRST_DEFINED, type GobType } from '../gob/gob-type.ts'
import { encodeBigFloat } from './big-float.ts'
import {
  membersIn,
  numeralIn,
  type RecordType,
  type SequenceType,
  sequenceIn,
  textIn,
  truthIn,
} from './content.ts'
import { asWireError } from './cty-failure.ts'
import { LIST, MAP, NUMBER, RULES, SET, SET_BODY, TEXT, TRUTH, VALUE, VALUE_TYPES } from './gob-values.ts'
import { descend, failure, type Trail } from './trail.ts'
import { encodeTypeGob } from './type-gob.ts'

const OPAQUE_VALUE: GobType = { kind: 'opaque', name: 'Value' }

/**
 * The result of `Datasource.Execute` from a plugin started without `--protobuf`. Beware that packer panics when a template
 * uses a number in a list, set or map of anything but numbers that came in gob, from Go plugins too.
 *
 * @throws WireError `wire.unsupported`, naming the place, for what go-cty cannot write either: unknown values, and
 * nulls without a type.
 */
export function encodeValueGob(value: Value): Uint8Array {
  const body = asWireError('wire.unsupported', () => valueBody(value))
  const types = new Map([[FIRST_DEFINED, OPAQUE_VALUE]])
  return encodeGob({ types, type: FIRST_DEFINED, value: (writer) => writer.bytes(body) })
}

function valueBody(value: Value): Uint8Array {
  const type = encodeTypeGob(value.type)
  const content = value.content === null ? undefined : writeContent(value, value.type, undefined)
  const fields: (Write | undefined)[] = [undefined, (writer) => writer.bytes(type), content]
  return encodeGob({ types: VALUE_TYPES, type: VALUE, value: (writer) => writeStruct(writer, fields) })
}

/** The value in an interface; its type is told once, at the top. */
function writeContent(value: Value, type: Type, trail: Trail | undefined): Write {
  if (value.content === null) return writeNilInterface
  if (value.content === unknown)
    throw failure('wire.unsupported', 'is not known yet, which gob cannot say: answer a known one', trail)
  switch (type.kind) {
    case 'string':
      return concrete(TEXT, text(textIn(value, trail)))
    case 'bool':
      return concrete(TRUTH, truth(truthIn(value, trail)))
    case 'number':
      return concrete(NUMBER, bytes(encodeBigFloat(numeralIn(value, trail))))
    case 'map':
    case 'object':
      return concrete(MAP, membersBody(value, type, trail))
    case 'set':
      return concrete(SET, bytes(setBody(value, type, trail)))
    case 'list':
    case 'tuple':
      return concrete(LIST, sequenceBody(value, type, trail))
    case 'dynamic':
      throw failure('wire.unsupported', 'has no type, which gob cannot say: give it one', trail)
  }
}

function concrete(what: { readonly id: number; readonly name: string }, body: Write): Write {
  return (writer) => writeInterface(writer, { ...what, type: VALUE_TYPES.get(what.id) }, body)
}

const text =
  (value: string): Write =>
  (writer) =>
    writer.string(value)
const truth =
  (value: boolean): Write =>
  (writer) =>
    writer.bool(value)
const bytes =
  (value: Uint8Array): Write =>
  (writer) =>
    writer.bytes(value)

function sequenceBody(value: Value, type: SequenceType, trail: Trail | undefined): Write {
  const members = sequenceIn(value, type, trail)
  const contents = members.map(([member, inner], index) => writeContent(member, inner, descend(trail, index)))
  return (writer) => {
    writer.uint(contents.length)
    for (const write of contents) write(writer)
  }
}

function membersBody(value: Value, type: RecordType, trail: Trail | undefined): Write {
  const members = membersIn(value, type, trail)
  const contents = members.map(
    ([name, member, inner]) => [name, writeContent(member, inner, descend(trail, name))] as const,
  )
  return (writer) => {
    writer.uint(contents.length)
    for (const [name, write] of contents) write(writer.string(name))
  }
}

function setBody(
  value: Value,
  type: SequenceType & { readonly element: Type },
  trail: Trail | undefined,
): Uint8Array {
  const element = encodeTypeGob(type.element, trail)
  const rules = concrete(RULES, (writer) => writeStruct(writer, [bytes(element)]))
  const fields = [undefined, rules, sequenceBody(value, type, trail)]
  return encodeGob({ types: VALUE_TYPES, type: SET_BODY, value: (writer) => writeStruct(writer, fields) })
}
