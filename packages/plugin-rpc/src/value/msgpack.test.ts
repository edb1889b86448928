import {
  dynamic,
  list,
  MAX_DEPTH,
  type Numeral,
  nullValue,
  number,
  numberValue,
  objectValue,
  sameValue,
  string,
  stringValue,
  unknownValue,
} from '@ingot/cty'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyValue, damaged } from '../../test/arbitraries.ts'
import { msgpackObject } from '../../test/go-values.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, hex, recordedByPacker, toHex } from '../../test/samples.ts'
import { decodeValueMsgpack } from './decode-msgpack.ts'
import { encodeValueMsgpack } from './encode-msgpack.ts'
import { MAX_VALUE_BYTES, MAX_VALUES } from './limits.ts'

/** A value with the JSON of its type in front. */
function typed(type: string, value: string): Uint8Array {
  const json = Buffer.from(type)
  return Buffer.concat([Uint8Array.of(0x92, 0xc4, json.length), json, hex(value)])
}

describe('a value in MessagePack', () => {
  it.each([
    ['obj', msgpackObject],
    ['nullonly', nullValue(dynamic)],
    ['unk', unknownValue(string)],
  ])('is written and read as Go does: %s', (name, value) => {
    expect(decodeValueMsgpack(acceptedByGo(`ctymsgpack ${name}`))).toEqual(value)
    expect(toHex(encodeValueMsgpack(value))).toBe(toHex(acceptedByGo(`ctymsgpack ${name}`)))
  })

  it('is read and written back byte for byte as a plugin of Go sent it', () => {
    const sent = recordedByPacker('value in MessagePack')
    const value = decodeValueMsgpack(sent)
    expect(value.content).toMatchObject({
      o_dynnull: nullValue(dynamic),
      o_big: numberValue({ decimal: '123456789012345678901234567890.5' }),
    })
    expect(toHex(encodeValueMsgpack(value))).toBe(toHex(sent))
  })

  it('is read with its type as str, too', () => {
    expect(decodeValueMsgpack(acceptedByGo('ctymsgpack strtype'))).toEqual(stringValue('v'))
  })

  it('comes back the same, unknowns and nulls too', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(sameValue(decodeValueMsgpack(encodeValueMsgpack(value)), value)).toBe(true)
      }),
    )
  })

  it('carries a type of its own where the outer one leaves it open', () => {
    const bytes = typed('["object",{"a":"dynamic"}]', '81 a161 92 c408 22737472696e6722 a178')
    expect(decodeValueMsgpack(bytes)).toEqual(objectValue({ a: stringValue('x') }))
    const members = typed('["list","dynamic"]', '92 92 c408 22737472696e6722 a178 c0')
    expect(decodeValueMsgpack(members)).toEqual({
      type: list(string),
      content: [stringValue('x'), nullValue(string)],
    })
  })

  it.each<[Numeral, string]>([
    [42, '2a'],
    [-1, 'ff'],
    [2n ** 63n - 1n, 'd37fffffffffffffff'],
    [-(2n ** 63n), 'd38000000000000000'],
    [1.5, 'cb3ff8000000000000'],
    [0.1, 'a3302e31'],
    [{ decimal: '0.10000000000000000001' }, 'b6302e3130303030303030303030303030303030303031'],
    [2n ** 64n - 1n, 'b43138343436373434303733373039353531363135'],
  ])('has numbers in the first form that keeps all digits: %s', (numeral, bytes) => {
    expect(toHex(encodeValueMsgpack(numberValue(numeral)))).toBe(toHex(typed('"number"', bytes)))
    expect(decodeValueMsgpack(typed('"number"', bytes))).toEqual(numberValue(numeral))
  })

  it.each([
    ['cc ff', 255],
    ['cd ffff', 65535],
    ['ce ffffffff', 2 ** 32 - 1],
    ['cf 0020000000000000', 2n ** 53n],
    ['cf ffffffffffffffff', 2n ** 64n - 1n],
    ['d0 80', -128],
    ['d1 8000', -32768],
    ['d2 80000000', -(2 ** 31)],
    ['ca 3fc00000', 1.5],
    ['cb 43f0000000000000', 2n ** 64n],
    ['d9 01 37', 7],
    ['da 0001 37', 7],
    ['db 00000001 37', 7],
  ])('is read from every form of a number: %s', (bytes, numeral) => {
    expect(decodeValueMsgpack(typed('"number"', bytes))).toEqual(numberValue(numeral))
  })

  it.each(['d4 00 00', 'c7 03 0c 81 01 c3', 'd8 0c 00000000000000000000000000000000'])(
    'is unknown for an extension, whatever is said of it: %s',
    (bytes) => {
      expect(decodeValueMsgpack(typed('"number"', bytes))).toEqual(unknownValue(number))
    },
  )

  it.each([
    ['wire.malformed', 'text for a boolean', typed('"bool"', 'a474727565')],
    ['wire.malformed', 'a number that is none', typed('"number"', 'a3616263')],
    ['wire.malformed', 'not a number', typed('"number"', 'cb7ff8000000000000')],
    ['wire.malformed', 'a type that is none', typed('"text"', 'a0')],
    ['wire.malformed', 'a value of no type', typed('"dynamic"', 'c0')],
    ['wire.malformed', 'an attribute too few', typed('["object",{"a":"string"}]', '80')],
    ['wire.malformed', 'an attribute too many', typed('["object",{}]', '81 a161 a0')],
    ['wire.malformed', 'an element too few', typed('["tuple",["string"]]', '90')],
    [
      'wire.malformed',
      'members of two types',
      typed('["list","dynamic"]', '92 92c40622626f6f6c22c3 92c40822737472696e6722a0'),
    ],
    ['wire.malformed', 'more bytes after it', typed('"bool"', 'c3 c3')],
    ['wire.malformed', 'c1', typed('"bool"', 'c1')],
    ['wire.truncated', 'a count beyond the end', typed('["list","string"]', 'dd ffffffff')],
    ['wire.truncated', 'a map beyond the end', typed('["map","string"]', 'df ffffffff')],
    ['wire.truncated', 'a length beyond the end', typed('"string"', 'db ffffffff')],
    ['wire.truncated', 'nothing', new Uint8Array()],
  ])('is %s when it is %s', (code, _, bytes) => {
    expect(wireErrorOf(() => decodeValueMsgpack(bytes))).toBe(code)
  })

  it('may nest only so deep', () => {
    const level = typed('["list","dynamic"]', '91')
    const nested = Buffer.concat([...Array(MAX_DEPTH + 1).fill(level), hex('c0')])
    expect(wireErrorOf(() => decodeValueMsgpack(nested))).toBe('wire.limit')
    const type = '["list",'.repeat(1000)
    const deep = Buffer.concat([
      hex('92 c5'),
      Uint8Array.of(type.length >> 8, type.length & 0xff),
      Buffer.from(type),
    ])
    expect(wireErrorOf(() => decodeValueMsgpack(deep))).toBe('wire.limit')
  })

  it('may hold only so many values and bytes', () => {
    const count = Buffer.alloc(5, 0xdd)
    count.writeUInt32BE(MAX_VALUES + 1, 1)
    const many = Buffer.concat([typed('["list","string"]', ''), count, Buffer.alloc(MAX_VALUES + 1, 0xc0)])
    expect(wireErrorOf(() => decodeValueMsgpack(many))).toBe('wire.limit')
    expect(wireErrorOf(() => decodeValueMsgpack(new Uint8Array(MAX_VALUE_BYTES + 1)))).toBe('wire.limit')
  })

  it('answers damaged bytes with typed errors', () => {
    const sets = typed('["set",["map","number"]]', '92 81a16101 81a162cb3ff8000000000000')
    expectOnlyWireErrors(decodeValueMsgpack, damaged(acceptedByGo('ctymsgpack obj'), sets))
  })
})
