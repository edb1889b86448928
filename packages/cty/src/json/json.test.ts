import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyType, anyValue } from '../../test/arbitrary.ts'
import {
  CtyError,
  dynamic,
  list,
  MAX_DEPTH,
  MAX_JSON_VALUES,
  map,
  nullValue,
  number,
  object,
  sameType,
  sameValue,
  set,
  string,
  stringValue,
  toPlain,
  tuple,
  typeFromJson,
  typeToJson,
  unknownValue,
  type Value,
  valueFromJson,
  valueToJson,
} from '../index.ts'

// Recorded from packer 1.7 to 1.16 calling plugins.
const recorded = [
  '{"value":{"force":null,"keep":null,"mode":"new","out":null},"type":["object",{"force":"bool","keep":"bool","mode":"string","out":"string"}]}',
  '{"value":{"item":[{"key":"only","sub":[],"tags":null}],"nest":{"name":"n","size":null},"nest_absent":null},"type":["object",{"item":["list",["object",{"key":"string","sub":["list",["object",{"n":"number"}]],"tags":["map","string"]}]],"nest":["object",{"name":"string","size":"number"}],"nest_absent":["object",{"x":"string"}]}]}',
  '{"value":{"a_num":1.5,"a_nums":[1,2.5,12345678901234567890],"a_str":"héllo \\u003c\\u0026\\u003e \\"q\\""},"type":["object",{"a_num":"number","a_nums":["list","number"],"a_str":"string"}]}',
  '{"value":{"a_obj":null,"a_set":null,"a_str":"id \\u003cunknown\\u003e","a_tup":null},"type":["object",{"a_obj":["object",{"p":"string","q":"number"}],"a_set":["set","string"],"a_str":"string","a_tup":["tuple",["string","number"]]}]}',
]

test.each(recorded)('what packer sent is read and written back byte for byte: %.60s', (text) => {
  expect(valueToJson(valueFromJson(new TextEncoder().encode(text), dynamic), dynamic)).toBe(text)
})

describe('types', () => {
  test('any type comes back from its JSON', () => {
    fc.assert(fc.property(anyType, (type) => sameType(typeFromJson(typeToJson(type)), type)))
  })

  test('optional attributes and dynamic are kept, names are sorted by code point', () => {
    const type = object({ '\u{10000}': number, '\uffee': string, a: dynamic }, ['a', '\uffee'])
    expect(typeToJson(type)).toBe(
      '["object",{"a":"dynamic","\uffee":"string","\u{10000}":"number"},["a","\uffee"]]',
    )
    expect(sameType(typeFromJson(typeToJson(type)), type)).toBe(true)
  })

  test('an empty tuple may come as null, as Go writes one that it read from gob', () => {
    expect(typeFromJson('["tuple",null]')).toEqual(tuple([]))
  })

  test.each([
    '"text"',
    '["list"]',
    '["list","string",1]',
    '["object",[]]',
    '["tuple",{}]',
    '3',
    '["object",{},["a"]]',
  ])('%s is no type', (json) => expect(codeOf(() => typeFromJson(json))).toBe('bad-type'))

  test('the deepest type comes back, one deeper is refused', () => {
    const nested = (depth: number) => {
      let type = string
      for (let i = 0; i < depth; i++) type = object({ a: type })
      return type
    }
    const deepest = nested(MAX_DEPTH)
    expect(sameType(typeFromJson(typeToJson(deepest)), deepest)).toBe(true)
    expect(codeOf(() => typeToJson(nested(MAX_DEPTH + 1)))).toBe('too-deep')
  })
})

describe('values', () => {
  test('any known value comes back from its JSON, with its type given or carried', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(sameValue(valueFromJson(valueToJson(value), value.type), value)).toBe(true)
        expect(sameValue(valueFromJson(valueToJson(value, dynamic), dynamic), value)).toBe(true)
      }),
    )
  })

  test('a dynamic position inside a type carries its own type', () => {
    const wanted = object({ a: dynamic, b: list(dynamic) })
    const text = '{"a":{"value":1,"type":"number"},"b":[{"value":"x","type":"string"},null]}'
    const value = valueFromJson(text, wanted)
    expect(sameType(value.type, object({ a: number, b: list(string) }))).toBe(true)
    expect(toPlain(value)).toEqual({ a: 1, b: ['x', null] })
    expect(valueToJson(valueFromJson('{"type":"string","value":null}', dynamic), dynamic)).toBe(
      '{"value":null,"type":"string"}',
    )
    expect(valueFromJson('null', dynamic)).toEqual(nullValue(dynamic))
  })

  test('numbers keep every digit', () => {
    const digits = '[0.1,1e3,-0,123456789012345678901234567890.123456789012345678901234567891]'
    expect(valueToJson(valueFromJson(digits, list(number)))).toBe(
      '[0.1,1000,0,123456789012345678901234567890.123456789012345678901234567891]',
    )
  })

  test('text and numbers stand for each other as in go-cty', () => {
    expect(toPlain(valueFromJson('[1.50,true,"x"]', list(string)))).toEqual(['1.50', 'true', 'x'])
    expect(toPlain(valueFromJson('["12","0.5"]', list(number)))).toEqual([12, 0.5])
    expect(toPlain(valueFromJson('["true","0",false]', list({ kind: 'bool' })))).toEqual([true, false, false])
  })

  test('missing attributes are null, optional or not, and optionality is no part of the value', () => {
    const value = valueFromJson('{"a":"x"}', object({ a: string, b: number, c: string }, ['b']))
    expect(toPlain(value)).toEqual({ a: 'x', b: null, c: null })
    expect(value.type).toEqual(object({ a: string, b: number, c: string }))
  })

  test('few bytes cannot stand for many values of a large type', () => {
    const names = Array.from({ length: 1100 }, (_, i) => [`a${i}`, string])
    const rows = list(object(Object.fromEntries(names), ['a0']))
    const text = (item: string) => `[${Array(1000).fill(item).join()}]`
    expect(codeOf(() => valueFromJson(text('{}'), rows))).toBe('too-large')
    const { content } = valueFromJson(text('null'), rows)
    expect(new Set((content as Value[]).map(({ type }) => type)).size).toBe(1)
  })

  test('sets are sorted and free of repeats, the last of equal keys counts', () => {
    expect(toPlain(valueFromJson('["b","a",null,"b"]', set(string)))).toEqual(['a', 'b', null])
    expect(toPlain(valueFromJson('{"k":"1","k":"2"}', map(string)))).toEqual({ k: '2' })
  })

  test('__proto__ is a key like any other', () => {
    const value = valueFromJson('{"value":{"__proto__":{"x":"1"}},"type":["map",["map","string"]]}', dynamic)
    expect(valueToJson(value)).toBe('{"__proto__":{"x":"1"}}')
  })

  test.each<[string, Parameters<typeof valueFromJson>[1], string, unknown[]]>([
    ['{"a":[{"b":true}]}', object({ a: list(map(number)) }), 'wrong-type', ['a', 0, 'b']],
    ['{"x":1}', object({}), 'unexpected-attribute', ['x']],
    ['[1]', tuple([]), 'wrong-length', []],
    ['["1","x"]', list(number), 'bad-number', [1]],
    ['[{"value":1,"type":"number"},{"value":"","type":"string"}]', list(dynamic), 'wrong-type', [1]],
    ['{"a":{"value":1,"type":"int"}}', map(dynamic), 'bad-type', ['a']],
    ['{"value":1}', dynamic, 'bad-json', []],
    ['{"value":1,"type":"number","x":1}', dynamic, 'bad-json', []],
    ['1e2000', number, 'too-large', []],
  ])('%s is refused with its place', (json, type, code, path) => {
    const error = errorOf(() => valueFromJson(json, type))
    expect(error).toMatchObject({ code, path })
  })

  test('unknown values and values of another type are not written', () => {
    expect(codeOf(() => valueToJson(unknownValue(string)))).toBe('not-known')
    expect(codeOf(() => valueToJson(stringValue('x'), number))).toBe('wrong-type')
    expect(codeOf(() => valueToJson(nullValue(string), number))).toBe('wrong-type')
  })
})

describe('hostile text', () => {
  test('whatever is not JSON is refused, whatever is JSON is read as JSON.parse does', () => {
    const almostJson = fc
      .json()
      .chain((json) =>
        fc
          .tuple(fc.nat(json.length), fc.nat(3), fc.string({ maxLength: 2 }))
          .map(([at, cut, put]) => json.slice(0, at) + put + json.slice(at + cut)),
      )
    fc.assert(
      fc.property(fc.oneof(almostJson, fc.string()), (text) => {
        const valid = isJson(text)
        const error = errorOf(() => valueFromJson(text, tuple([])))
        expect(error?.code === 'bad-json').toBe(!valid)
      }),
    )
  })

  test('random bytes give a value or a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array(), anyType, (bytes, type) => {
        errorOf(() => valueFromJson(bytes, type))
      }),
    )
  })

  test.each([
    ['[', 'bad-json'],
    ['['.repeat(1_000_000), 'too-deep'],
    ['{"a":'.repeat(1_000_000), 'too-deep'],
    [`[${'0,'.repeat(MAX_JSON_VALUES)}0]`, 'too-large'],
    [`"${'\\'.repeat(1_000_001)}`, 'bad-json'],
    [`"${'\\"'.repeat(1_000_000)}`, 'bad-json'],
    ['9'.repeat(1_000_000), 'too-large'],
    ['\u{feff}[]', 'bad-json'],
    ['[1,]', 'bad-json'],
    ['01', 'bad-json'],
  ])('%.12s… ends in a typed error', (text, code) => {
    expect(codeOf(() => valueFromJson(text, number))).toBe(code)
  })

  test('broken UTF-8 becomes the replacement character, as in Go', () => {
    expect(valueFromJson(Uint8Array.of(0x22, 0xff, 0x22), string)).toEqual(stringValue('\ufffd'))
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

const codeOf = (run: () => unknown): string | undefined => errorOf(run)?.code

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
