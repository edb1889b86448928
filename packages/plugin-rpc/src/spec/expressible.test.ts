import { dynamic, list, map, object, set, string, type Type, tuple } from '@ingot/cty'
import { describe, expect, it } from 'vitest'
import { wireErrorOf } from '../../test/only-wire-errors.ts'
import { encodeSpecGob } from './encode-gob.ts'
import { encodeSpecProtobuf } from './encode-protobuf.ts'
import type { ObjectSpec } from './hcl-spec.ts'

function withAttribute(type: Type): ObjectSpec {
  const nested: ObjectSpec = {
    kind: 'object',
    attributes: { tags: { kind: 'attr', name: 'tags', type, required: false } },
  }
  return { kind: 'object', attributes: { disk: { kind: 'blockList', name: 'disk', nested } } }
}

describe.each([
  ['protobuf', encodeSpecProtobuf],
  ['gob', encodeSpecGob],
])('a spec for %s', (_, encode) => {
  it.each([
    [set(string), /disk\.tags has the type set.* use a list/],
    [list(set(string)), /disk\.tags has the type set.* use a list/],
    [tuple([string]), /disk\.tags has the type tuple.* use a list/],
    [map(object({ a: string })), /disk\.tags has the type object.* use a nested block/],
    [dynamic, /disk\.tags has the type dynamic.* say which type/],
  ])('names the attribute that packer cannot be told of and what to use instead: %j', (type, message) => {
    expect(() => encode(withAttribute(type))).toThrow(message)
    expect(wireErrorOf(() => encode(withAttribute(type)))).toBe('wire.unsupported')
  })

  it('takes lists and maps of any depth', () => {
    expect(() => encode(withAttribute(list(map(list(string)))))).not.toThrow()
  })
})
