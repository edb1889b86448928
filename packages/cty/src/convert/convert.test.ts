import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyType, anyValue, anyValueOrUnknown } from '../../test/arbitrary.ts'
import {
  CtyError,
  canConvert,
  convert,
  dynamic,
  list,
  nullValue,
  numberValue,
  object,
  sameType,
  sameValue,
  set,
  setValue,
  string,
  stringValue,
  type Type,
  tupleValue,
  typeFromJson,
  unknownValue,
  valueFromJson,
  valueToJson,
  withoutOptional,
} from '../index.ts'

// What go-cty 1.13 makes of the same value and type.
describe('convert follows go-cty', () => {
  test.each([
    ['{"value":12,"type":"number"}', '"string"', '{"value":"12","type":"string"}'],
    ['{"value":0.0000001,"type":"number"}', '"string"', '{"value":"0.0000001","type":"string"}'],
    ['{"value":true,"type":"bool"}', '"string"', '{"value":"true","type":"string"}'],
    ['{"value":"-.5e-3","type":"string"}', '"number"', '{"value":-0.0005,"type":"number"}'],
    ['{"value":"1","type":"string"}', '"bool"', '{"value":true,"type":"bool"}'],
    ['{"value":"false","type":"string"}', '"bool"', '{"value":false,"type":"bool"}'],
    [
      '{"value":[1,"b"],"type":["tuple",["number","string"]]}',
      '["list","string"]',
      '{"value":["1","b"],"type":["list","string"]}',
    ],
    [
      '{"value":[1,"b",null],"type":["tuple",["number","string","string"]]}',
      '["list","dynamic"]',
      '{"value":["1","b",null],"type":["list","string"]}',
    ],
    [
      '{"value":["b","a","b"],"type":["tuple",["string","string","string"]]}',
      '["set","string"]',
      '{"value":["a","b"],"type":["set","string"]}',
    ],
    [
      '{"value":["b","a","b"],"type":["list","string"]}',
      '["set","dynamic"]',
      '{"value":["a","b"],"type":["set","string"]}',
    ],
    [
      '{"value":[2,1],"type":["set","number"]}',
      '["list","string"]',
      '{"value":["1","2"],"type":["list","string"]}',
    ],
    ['{"value":[],"type":["tuple",[]]}', '["list","dynamic"]', '{"value":[],"type":["list","dynamic"]}'],
    ['{"value":[],"type":["list","number"]}', '["set","dynamic"]', '{"value":[],"type":["set","number"]}'],
    [
      '{"value":{"a":1,"b":"x"},"type":["object",{"a":"number","b":"string"}]}',
      '["map","dynamic"]',
      '{"value":{"a":"1","b":"x"},"type":["map","string"]}',
    ],
    ['{"value":{},"type":["object",{}]}', '["map","string"]', '{"value":{},"type":["map","string"]}'],
    [
      '{"value":{"a":"1","z":"2"},"type":["map","string"]}',
      '["object",{"a":"number","b":"bool"},["b"]]',
      '{"value":{"a":1,"b":null},"type":["object",{"a":"number","b":"bool"}]}',
    ],
    [
      '{"value":{"a":1,"z":2},"type":["object",{"a":"number","z":"number"}]}',
      '["object",{"a":"string","b":["list","string"]},["b"]]',
      '{"value":{"a":"1","b":null},"type":["object",{"a":"string","b":["list","string"]}]}',
    ],
    [
      '{"value":[1,[true]],"type":["tuple",["number",["tuple",["bool"]]]]}',
      '["tuple",["dynamic",["list","string"]]]',
      '{"value":[1,["true"]],"type":["tuple",["number",["list","string"]]]}',
    ],
    [
      '{"value":null,"type":["tuple",["number","string"]]}',
      '["list","dynamic"]',
      '{"value":null,"type":["list","string"]}',
    ],
    [
      '{"value":null,"type":["object",{"a":"number"}]}',
      '["object",{"a":"dynamic","b":"string"},["b"]]',
      '{"value":null,"type":["object",{"a":"number","b":"string"}]}',
    ],
    [
      '{"value":[{"a":1},{"a":"x"}],"type":["tuple",[["object",{"a":"number"}],["object",{"a":"string"}]]]}',
      '["list",["object",{"a":"dynamic"}]]',
      '{"value":[{"a":"1"},{"a":"x"}],"type":["list",["object",{"a":"string"}]]}',
    ],
  ])('%s to %s', (value, type, result) => {
    expect(valueToJson(convert(valueFromJson(value, dynamic), typeFromJson(type)), dynamic)).toBe(result)
  })

  test.each<[string, string, string, unknown[]]>([
    ['{"value":"1_000","type":"string"}', '"number"', 'bad-number', []],
    ['{"value":"True","type":"string"}', '"bool"', 'wrong-type', []],
    ['{"value":1,"type":"number"}', '"bool"', 'wrong-type', []],
    ['{"value":"a","type":"string"}', '["list","string"]', 'wrong-type', []],
    ['{"value":["1","b"],"type":["list","string"]}', '["list","number"]', 'bad-number', [1]],
    ['{"value":[1],"type":["list","number"]}', '["tuple",["number"]]', 'wrong-type', []],
    ['{"value":[1],"type":["tuple",["number"]]}', '["tuple",["number","number"]]', 'wrong-length', []],
    [
      '{"value":{"a":{"b":[]}},"type":["object",{"a":["object",{"b":["tuple",[]]}]}]}',
      '["map",["map","string"]]',
      'wrong-type',
      ['a', 'b'],
    ],
    ['{"value":{},"type":["map","string"]}', '["object",{"a":"string"}]', 'missing-attribute', ['a']],
    [
      '{"value":{"b":1},"type":["object",{"b":"number"}]}',
      '["object",{"a":"string","b":"number"}]',
      'missing-attribute',
      ['a'],
    ],
    ['{"value":[1,[]],"type":["tuple",["number",["tuple",[]]]]}', '["list","dynamic"]', 'no-common-type', []],
    ['{"value":[],"type":["list","string"]}', '["list",["tuple",[]]]', 'wrong-type', []],
    ['{"value":null,"type":["list","string"]}', '"string"', 'wrong-type', []],
  ])('%s to %s is refused', (value, type, code, path) => {
    const error = errorOf(() => convert(valueFromJson(value, dynamic), typeFromJson(type)))
    expect(error).toMatchObject({ code, path })
  })
})

describe('convert', () => {
  test('leaves alone what is of the type, and everything where the type is dynamic', () => {
    fc.assert(
      fc.property(anyValueOrUnknown, (value) => {
        expect(convert(value, value.type)).toBe(value)
        expect(convert(value, dynamic)).toBe(value)
      }),
    )
  })

  test('gives a value of the type or a typed error, and only where the types allow it', () => {
    fc.assert(
      fc.property(anyValueOrUnknown, anyType, (value, type) => {
        const result = attempt(() => convert(value, type))
        if (result === undefined) return
        expect(sameType(result.type, withoutOptional(type))).toBe(true)
        expect(canConvert(value.type, type)).toBe(true)
        expect(sameValue(convert(result, type), result)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('never fails where the conversion is safe', () => {
    fc.assert(
      fc.property(anyValue, anyType, (value, type) => {
        if (canConvert(value.type, type, 'safe')) expect(attempt(() => convert(value, type))).toBeDefined()
      }),
      { numRuns: 300 },
    )
  })

  test('a number survives the way through a string', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        const value = numberValue(n)
        expect(sameValue(convert(convert(value, string), value.type), value)).toBe(true)
      }),
    )
  })

  test('nulls and unknowns without a type take on any', () => {
    fc.assert(
      fc.property(anyType, (type) => {
        expect(convert(nullValue(dynamic), type)).toEqual(nullValue(type))
        expect(convert(unknownValue(dynamic), type)).toEqual(unknownValue(type))
      }),
    )
    expect(convert(nullValue(dynamic), object({ a: string }, ['a']))).toEqual(
      nullValue(object({ a: string })),
    )
  })

  test('unknown members stay where they are', () => {
    const value = tupleValue([stringValue('1'), unknownValue(string)])
    expect(convert(value, list({ kind: 'number' })).content).toEqual([
      numberValue(1),
      unknownValue({ kind: 'number' }),
    ])
  })

  test('a set with unknown members makes a list of unknown length', () => {
    const value = setValue(string, [stringValue('a'), unknownValue(string)])
    expect(convert(value, list(string))).toEqual(unknownValue(list(string)))
    expect(convert(setValue(string, [unknownValue(string)]), list(string)).content).toHaveLength(1)
  })

  test('says how booleans are written', () => {
    expect(errorOf(() => convert(stringValue('TRUE'), { kind: 'bool' }))?.message).toContain('lower case')
  })

  test('what is nested too deep ends in a typed error', () => {
    const nested = (wrap: (inner: Type) => Type): Type => {
      let type: Type = string
      for (let i = 0; i < 5000; i++) type = wrap(type)
      return type
    }
    const deep = nullValue(nested(list))
    expect(errorOf(() => convert(deep, nested(set)))?.code).toBe('too-deep')
  })
})

function errorOf(run: () => unknown): CtyError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof CtyError) return error
    throw error
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof CtyError) return undefined
    throw error
  }
}
