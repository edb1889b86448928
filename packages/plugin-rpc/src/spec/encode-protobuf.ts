import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Type } from '@ingot/cty'
import { assertExpressible } from './expressible.ts'
import type { AttrSpec, BlockListSpec, BlockSpec, HclSpec, ObjectSpec } from './hcl-spec.ts'
import {
  ATTR,
  BLOCK,
  BLOCK_LIST,
  COLLECTION,
  ENTRY,
  OBJECT,
  PRIMITIVE,
  PRIMITIVES,
  SPEC,
  TYPE,
} from './protobuf-fields.ts'

/**
 * A spec as a plugin started with `--protobuf` sends it.
 *
 * @throws WireError `wire.unsupported` for an attribute that is a set, tuple, object or dynamic, naming it.
 */
export function encodeSpecProtobuf(spec: ObjectSpec): Uint8Array {
  assertExpressible(spec)
  const writer = new BinaryWriter()
  writeSpec(writer, spec)
  return writer.finish()
}

function writeSpec(writer: BinaryWriter, spec: HclSpec): void {
  message(writer, SPEC[spec.kind], () => {
    if (spec.kind === 'object') writeObject(writer, spec)
    else if (spec.kind === 'attr') writeAttr(writer, spec)
    else if (spec.kind === 'block') writeBlock(writer, spec)
    else writeBlockList(writer, spec)
  })
}

function writeObject(writer: BinaryWriter, spec: ObjectSpec): void {
  for (const [key, nested] of Object.entries(spec.attributes)) {
    message(writer, OBJECT.entry, () => {
      writer.tag(ENTRY.key, WireType.LengthDelimited).string(key)
      message(writer, ENTRY.spec, () => writeSpec(writer, nested))
    })
  }
}

function writeAttr(writer: BinaryWriter, spec: AttrSpec): void {
  text(writer, ATTR.name, spec.name)
  message(writer, ATTR.type, () => writeType(writer, spec.type))
  flag(writer, ATTR.required, spec.required)
}

// Go reads `nested` without a check, so it is there even for an empty body.
function writeBlock(writer: BinaryWriter, spec: BlockSpec): void {
  text(writer, BLOCK.name, spec.name)
  flag(writer, BLOCK.required, spec.required)
  message(writer, BLOCK.nested, () => writeSpec(writer, spec.nested))
}

function writeBlockList(writer: BinaryWriter, spec: BlockListSpec): void {
  text(writer, BLOCK_LIST.name, spec.name)
  message(writer, BLOCK_LIST.nested, () => writeSpec(writer, spec.nested))
}

function writeType(writer: BinaryWriter, type: Type): void {
  if (type.kind === 'list' || type.kind === 'map') {
    message(writer, TYPE[type.kind], () =>
      message(writer, COLLECTION.element, () => writeType(writer, type.element)),
    )
  } else {
    const name = Object.keys(PRIMITIVES).find((key) => PRIMITIVES[key]?.kind === type.kind) ?? ''
    message(writer, TYPE.primitive, () => text(writer, PRIMITIVE.name, name))
  }
}

function message(writer: BinaryWriter, field: number, body: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  body()
  writer.join()
}

function text(writer: BinaryWriter, field: number, value: string): void {
  if (value !== '') writer.tag(field, WireType.LengthDelimited).string(value)
}

function flag(writer: BinaryWriter, field: number, value: boolean): void {
  if (value) writer.tag(field, WireType.Varint).bool(value)
}
