import {
  dynamic,
  listValue,
  MAX_DEPTH,
  nullValue,
  numberValue,
  objectValue,
  sameValue,
  string,
  stringValue,
  unknownValue,
  type Value,
  valueToJson,
} from '@ingot/cty'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, knownValue } from '../../test/arbitraries.ts'
import { gobValuesForGo, valuesFromGo } from '../../test/go-values.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, gobFromGo, recordedByPacker } from '../../test/samples.ts'
import { decodeValueGob } from './decode-gob.ts'
import { encodeValueGob } from './encode-gob.ts'

describe('a value in gob', () => {
  it.each(Object.entries(valuesFromGo))('is read from Go: %s', (name, value) => {
    expect(decodeValueGob(gobFromGo(name))).toEqual(value)
  })

  it.each(Object.entries(gobValuesForGo))('is read with all definitions first: %s', (name, value) => {
    expect(decodeValueGob(acceptedByGo(name))).toEqual(value)
    expect(decodeValueGob(encodeValueGob(value))).toEqual(value)
  })

  it('is read as a plugin of Go sent it: all kinds of types, and a number of more digits than a double has', () => {
    const value = decodeValueGob(recordedByPacker('value in gob'))
    expect(valueToJson(value)).toBe(
      '{"o_big":123456789012345678901234567890.5,"o_bl":[{"k":"k0"},{"k":null}],"o_blk":{"k":"K","v":-1},"o_bool":true,"o_frac":1.25,"o_int":42,"o_list":["a","b"],"o_map":{"k":"v"},"o_null":null,"o_obj":{"p":"P","q":2},"o_set":["s1","s2"],"o_str":"out first","o_tup":["t",3,false]}',
    )
    expect(sameValue(decodeValueGob(encodeValueGob(value)), value)).toBe(true)
  })

  it('comes back the same', () => {
    fc.assert(
      fc.property(knownValue, (value) => {
        expect(sameValue(decodeValueGob(encodeValueGob(value)), value)).toBe(true)
      }),
    )
  })

  it('is refused with its place when it is not known', () => {
    const value = objectValue({ disks: listValue(string, [stringValue('a'), unknownValue(string)]) })
    expect(() => encodeValueGob(value)).toThrow(/disks\[1\] is not known/)
    expect(wireErrorOf(() => encodeValueGob(value))).toBe('wire.unsupported')
  })

  it('is refused with its place when it is a null without a type', () => {
    const value = objectValue({ outer: objectValue({ none: nullValue(dynamic) }) })
    expect(() => encodeValueGob(value)).toThrow(/outer\.none has no type/)
    expect(wireErrorOf(() => encodeValueGob(value))).toBe('wire.unsupported')
    expect(wireErrorOf(() => encodeValueGob(nullValue(dynamic)))).toBe('wire.unsupported')
  })

  it.each<[string, Value]>([
    ['text for a number', { type: numberValue(1).type, content: 'one' }],
    ['an attribute too few', { type: objectValue({ a: stringValue('') }).type, content: {} }],
    ['an attribute too many', { type: objectValue({}).type, content: { a: stringValue('') } }],
  ])('is refused when its content is not of its type: %s', (_, value) => {
    expect(wireErrorOf(() => encodeValueGob(value))).toBe('wire.unsupported')
  })

  it('may nest only so deep', () => {
    expect(sameValue(decodeValueGob(encodeValueGob(nested(MAX_DEPTH))), nested(MAX_DEPTH))).toBe(true)
    expect(wireErrorOf(() => encodeValueGob(nested(MAX_DEPTH + 1)))).toBe('wire.limit')
  })

  it('answers damaged bytes with typed errors', () => {
    const names = ['value set', 'value num 0.1', 'value list of obj', 'value tuple']
    expectOnlyWireErrors(decodeValueGob, damaged(...names.map(gobFromGo), acceptedByGo('val obj')))
  })
})

function nested(depth: number): Value {
  let value: Value = nullValue(string)
  for (let level = 0; level < depth; level++)
    value = { type: { kind: 'list', element: value.type }, content: [value] }
  return value
}
