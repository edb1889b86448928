import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spec as anySpec, damaged } from '../../test/arbitraries.ts'
import { protobufSpecsForGo } from '../../test/go-specs.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, hex, recordedByPacker, toHex } from '../../test/samples.ts'
import { decodeSpecProtobuf } from './decode-protobuf.ts'
import { encodeSpecProtobuf } from './encode-protobuf.ts'
import { MAX_SPEC_BYTES, MAX_SPEC_DEPTH } from './limits.ts'

describe('a spec in protobuf', () => {
  it.each(Object.entries(protobufSpecsForGo))('is written and read as in the sample %s', (name, spec) => {
    expect(toHex(encodeSpecProtobuf(spec))).toBe(toHex(acceptedByGo(name)))
    expect(decodeSpecProtobuf(acceptedByGo(name))).toEqual(spec)
  })

  it('is read as a builder of Go sent it', () => {
    const spec = decodeSpecProtobuf(recordedByPacker('builder spec in protobuf'))
    expect(Object.keys(spec.attributes)).toHaveLength(17)
    expect(spec.attributes['item']).toMatchObject({
      kind: 'blockList',
      nested: { attributes: { sub: { kind: 'blockList' }, tags: { type: { kind: 'map' } } } },
    })
    expect(decodeSpecProtobuf(encodeSpecProtobuf(spec))).toEqual(spec)
  })

  it('comes back the same', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(decodeSpecProtobuf(encodeSpecProtobuf(spec))).toEqual(spec)
      }),
    )
  })

  it('is read past fields it does not know', () => {
    const spec = hex('0a00 28 05 32 02 0102 3d 00000000')
    expect(decodeSpecProtobuf(spec)).toEqual({ kind: 'object', attributes: {} })
  })

  it.each([
    ['nothing', ''],
    ['an attribute at the top', '1218 0a046e616d65 120e 0a0c 0a0a 6374792e537472696e67 1801'],
    ['a block without a body', '0a0c 0a0a 0a0165 1205 1a03 0a0165'],
    ['an attribute without a type', '0a0c 0a0a 0a0165 1205 1203 0a0165'],
    ['a type of another name', '0a13 0a11 0a0165 120c 120a 0a0165 1205 0a03 0a0178'],
    ['bytes that end too early', '0a24 0a22'],
    ['a tag that is none', '00'],
  ])('is malformed when it is %s', (_, bytes) => {
    expect(wireErrorOf(() => decodeSpecProtobuf(hex(bytes)))).toBe('wire.malformed')
  })

  it('may nest only so deep', () => {
    const nested = (depth: number) => {
      let bytes = hex('0a00')
      for (let level = 0; level < depth; level++) {
        const entry = Buffer.concat([hex('0a0165'), field(0x12, bytes)])
        bytes = field(0x0a, field(0x0a, entry))
      }
      return bytes
    }
    expect(() => decodeSpecProtobuf(nested(MAX_SPEC_DEPTH))).not.toThrow()
    expect(wireErrorOf(() => decodeSpecProtobuf(nested(MAX_SPEC_DEPTH + 1)))).toBe('wire.limit')
  })

  it('may be only so long', () => {
    expect(wireErrorOf(() => decodeSpecProtobuf(new Uint8Array(MAX_SPEC_BYTES + 1)))).toBe('wire.limit')
  })

  it('answers damaged bytes with typed errors', () => {
    expectOnlyWireErrors(decodeSpecProtobuf, damaged(acceptedByGo('proto blk'), acceptedByGo('proto one')))
  })
})

function field(tag: number, body: Uint8Array): Uint8Array {
  const length: number[] = []
  for (let rest = body.length; ; rest >>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest)
    if (rest <= 0x7f) return Uint8Array.from([tag, ...length, ...body])
  }
}
