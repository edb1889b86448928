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
} from '@ingot/cty'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged, knownValue } from '../../test/arbitraries.ts'
import { gobValuesForGo, valuesFromGo } from '../../test/go-values.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, gobFromGo } from '../../test/samples.ts'
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
