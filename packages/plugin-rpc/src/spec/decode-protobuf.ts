import { list, map, type Type } from '@ingot/cty'
import { WireError } from '../wire-error.ts'
import type { AttrSpec, BlockListSpec, BlockSpec, HclSpec, ObjectSpec } from './hcl-spec.ts'
import { assertSpecDepth, assertSpecSize } from './limits.ts'
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
import { ProtobufMessage } from './protobuf-message.ts'

/**
 * Reads a spec from a plugin started with `--protobuf`. Fields it does not know are skipped.
 *
 * @throws WireError when the bytes are no spec, or one larger or deeper than allowed.
 */
export function decodeSpecProtobuf(bytes: Uint8Array): ObjectSpec {
  assertSpecSize(bytes)
  return readBody(bytes, 0)
}

function readSpec(bytes: Uint8Array | undefined, depth: number): HclSpec {
  assertSpecDepth(depth)
  const message = new ProtobufMessage(bytes ?? new Uint8Array())
  const [object, attr] = [message.chunk(SPEC.object), message.chunk(SPEC.attr)]
  const [block, blockList] = [message.chunk(SPEC.block), message.chunk(SPEC.blockList)]
  if (object) return readObject(object, depth)
  if (attr) return readAttr(attr, depth)
  if (block) return readBlock(block, depth)
  if (blockList) return readBlockList(blockList, depth)
  throw malformed('A spec is neither object, attribute nor block.')
}

function readObject(bytes: Uint8Array, depth: number): ObjectSpec {
  const entries = new ProtobufMessage(bytes).chunks(OBJECT.entry).map((chunk) => {
    const entry = new ProtobufMessage(chunk)
    return [entry.text(ENTRY.key), readSpec(entry.chunk(ENTRY.spec), depth + 1)] as const
  })
  return { kind: 'object', attributes: Object.fromEntries(entries) }
}

function readAttr(bytes: Uint8Array, depth: number): AttrSpec {
  const attr = new ProtobufMessage(bytes)
  const type = readType(attr.chunk(ATTR.type), depth + 1)
  return { kind: 'attr', name: attr.text(ATTR.name), type, required: attr.flag(ATTR.required) }
}

function readBlock(bytes: Uint8Array, depth: number): BlockSpec {
  const block = new ProtobufMessage(bytes)
  const nested = readBody(block.chunk(BLOCK.nested), depth + 1)
  return { kind: 'block', name: block.text(BLOCK.name), required: block.flag(BLOCK.required), nested }
}

function readBlockList(bytes: Uint8Array, depth: number): BlockListSpec {
  const block = new ProtobufMessage(bytes)
  const nested = readBody(block.chunk(BLOCK_LIST.nested), depth + 1)
  return { kind: 'blockList', name: block.text(BLOCK_LIST.name), nested }
}

function readBody(bytes: Uint8Array | undefined, depth: number): ObjectSpec {
  const spec = readSpec(bytes, depth)
  if (spec.kind !== 'object') throw malformed(`The body of a block or spec is an object, not ${spec.kind}.`)
  return spec
}

function readType(bytes: Uint8Array | undefined, depth: number): Type {
  assertSpecDepth(depth)
  const message = new ProtobufMessage(bytes ?? new Uint8Array())
  const element = (field: number) =>
    readType(new ProtobufMessage(message.chunk(field)!).chunk(COLLECTION.element), depth + 1)
  if (message.chunk(TYPE.list)) return list(element(TYPE.list))
  if (message.chunk(TYPE.map)) return map(element(TYPE.map))
  const primitive = message.chunk(TYPE.primitive)
  const name = primitive ? new ProtobufMessage(primitive).text(PRIMITIVE.name) : ''
  const type = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined
  if (!type) throw malformed(`An attribute has the unknown type ${JSON.stringify(name.slice(0, 64))}.`)
  return type
}

function malformed(text: string): WireError {
  return new WireError('wire.malformed', text)
}
