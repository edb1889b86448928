import { encodeGob, text, type Write, writeInterface, writeStruct } from '../gob/encode.ts'
import { encodeTypeGob } from '../value/type-gob.ts'
import { assertExpressible } from './expressible.ts'
import { ATTR, BLOCK, BLOCK_LIST, OBJECT, SPEC_TYPES } from './gob-specs.ts'
import type { AttrSpec, BlockListSpec, BlockSpec, HclSpec, ObjectSpec } from './hcl-spec.ts'

/**
 * A spec as a plugin started without `--protobuf` sends it: to packer before 1.12, and to any later one that found
 * some older plugin installed.
 *
 * @throws WireError `wire.unsupported` for an attribute that is a set, tuple, object or dynamic, naming it.
 */
export function encodeSpecGob(spec: ObjectSpec): Uint8Array {
  assertExpressible(spec)
  return encodeGob({ types: SPEC_TYPES, type: OBJECT.id, value: objectBody(spec) })
}

function writeSpec(spec: HclSpec): Write {
  switch (spec.kind) {
    case 'object':
      return concrete(OBJECT, objectBody(spec))
    case 'attr':
      return concrete(ATTR, attrBody(spec))
    case 'block':
      return concrete(BLOCK, blockBody(spec))
    case 'blockList':
      return concrete(BLOCK_LIST, blockListBody(spec))
  }
}

function concrete(spec: { readonly id: number; readonly name: string }, body: Write): Write {
  return (writer) => writeInterface(writer, { ...spec, type: SPEC_TYPES.get(spec.id)! }, body)
}

function objectBody(spec: ObjectSpec): Write {
  const entries = Object.entries(spec.attributes)
  return (writer) => {
    writer.uint(entries.length)
    for (const [name, nested] of entries) writeSpec(nested)(writer.string(name))
  }
}

function attrBody(spec: AttrSpec): Write {
  const type: Write = (writer) => writer.bytes(encodeTypeGob(spec.type))
  return (writer) => writeStruct(writer, [text(spec.name), type, flag(spec.required)])
}

function blockBody(spec: BlockSpec): Write {
  return (writer) => writeStruct(writer, [text(spec.name), writeSpec(spec.nested), flag(spec.required)])
}

function blockListBody(spec: BlockListSpec): Write {
  return (writer) => writeStruct(writer, [text(spec.name), writeSpec(spec.nested)])
}

function flag(value: boolean): Write | undefined {
  return value ? (writer) => writer.bool(true) : undefined
}
