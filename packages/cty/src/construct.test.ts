import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyValue, anyValueOrUnknown } from '../test/arbitrary.ts'
import {
  boolValue,
  CtyError,
  dynamic,
  isWhollyKnown,
  list,
  listValue,
  MAX_DEPTH,
  map,
  mapValue,
  nullValue,
  number,
  numberValue,
  object,
  objectValue,
  sameType,
  sameValue,
  set,
  setValue,
  showPath,
  string,
  stringValue,
  tuple,
  tupleValue,
  typeName,
  unknownValue,
  type Value,
  withoutOptional,
} from './index.ts'

describe('constructors', () => {
  test('strings and names are in Unicode normal form C, of whole characters', () => {
    expect(stringValue('e\u0301').content).toBe('\u00e9')
    expect(stringValue('a\ud800').content).toBe('a\ufffd')
    expect(Object.keys(objectValue({ 'e\u0301': boolValue(true) }).type)).toContain('attributes')
    expect(mapValue(string, { 'e\u0301': stringValue('x') }).content).toEqual({ '\u00e9': stringValue('x') })
  })

  test('members must be of the element type, but for nulls and unknowns without one', () => {
    const members = [stringValue('a'), nullValue(dynamic), unknownValue(dynamic)]
    expect(listValue(string, members).content).toEqual([members[0], nullValue(string), unknownValue(string)])
    for (const build of [
      () => listValue(string, [numberValue(1)]),
      () => setValue(string, [nullValue(number)]),
      () => mapValue(number, { a: stringValue('x') }),
    ]) {
      expect(build).toThrow(CtyError)
    }
    expect(() => mapValue(number, { 'a b': stringValue('x') })).toThrow(
      '["a b"]: number required, not string; convert the value first',
    )
  })

  test('tuples and objects have the types of their members', () => {
    expect(tupleValue([stringValue('a'), nullValue(dynamic)]).type).toEqual(tuple([string, dynamic]))
    expect(objectValue({ a: numberValue(1) }).type).toEqual(object({ a: number }))
  })

  test('a set has each value once, ordered, known before unknown before null', () => {
    const strings = ['b', '\u{10000}', '\uffee', 'a', 'b'].map(stringValue)
    const members = setValue(string, [
      nullValue(string),
      unknownValue(string),
      ...strings,
      unknownValue(string),
    ])
    const unknown = unknownValue(string).content
    expect(contents(members)).toEqual(['a', 'b', '\uffee', '\u{10000}', unknown, unknown, null])
    const numbers = [10, 9, 2n ** 80n, 9, -1.5].map(numberValue)
    expect(contents(setValue(number, numbers))).toEqual([-1.5, 9, 10, 2n ** 80n])
    expect(contents(setValue({ kind: 'bool' }, [boolValue(true), boolValue(false)]))).toEqual([false, true])
  })

  test('a set of anything is the same in whatever order it was given', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 4 }), (values) => {
        const members = values
          .map((value) => tupleValue([value]))
          .filter(({ type }, _, all) => sameType(type, all[0]!.type))
        const element = members[0]?.type ?? string
        const forwards = setValue(element, members)
        expect(sameValue(forwards, setValue(element, [...members, ...members].reverse()))).toBe(true)
      }),
    )
  })
})

describe('sameType and sameValue', () => {
  test('everything is the same as itself, rebuilt', () => {
    fc.assert(fc.property(anyValueOrUnknown, (value) => sameValue(value, structuredCloneOf(value))))
  })

  test('attributes may come in any order, optional ones must agree', () => {
    expect(sameType(object({ a: string, b: number }), object({ b: number, a: string }))).toBe(true)
    expect(sameType(object({ a: string }, ['a']), object({ a: string }))).toBe(false)
    expect(sameType(object({ toString: string }), object({ valueOf: string }))).toBe(false)
    expect(sameType(tuple([string]), tuple([]))).toBe(false)
    expect(sameType(list(string), set(string))).toBe(false)
  })

  test.each<[Value, Value]>([
    [stringValue('1'), numberValue(1)],
    [stringValue('a'), stringValue('b')],
    [nullValue(string), nullValue(number)],
    [nullValue(string), unknownValue(string)],
    [nullValue(string), stringValue('~')],
    [tupleValue([nullValue(string)]), tupleValue([nullValue(number)])],
    [mapValue(string, { a: stringValue('b') }), mapValue(string, { b: stringValue('a') })],
    [listValue(string, [stringValue('a","b')]), listValue(string, [stringValue('a'), stringValue('b')])],
  ])('different values are not the same (%#)', (a, b) => {
    expect(sameValue(a, b)).toBe(false)
  })

  test('numbers are compared, not their notation', () => {
    expect(sameValue({ type: number, content: { decimal: '1.50' } }, numberValue(1.5))).toBe(true)
    expect(sameValue({ type: number, content: 3n }, numberValue(3))).toBe(true)
  })
})

describe('isWhollyKnown', () => {
  test('is false for an unknown at any depth', () => {
    const inner = objectValue({ a: unknownValue(number) })
    expect([stringValue(''), nullValue(number), tupleValue([])].every(isWhollyKnown)).toBe(true)
    expect(
      [unknownValue(string), inner, tupleValue([listValue(inner.type, [inner])])].some(isWhollyKnown),
    ).toBe(false)
  })
})

describe('withoutOptional', () => {
  test('forgets optional attributes at every depth', () => {
    const inner = object({ a: string }, ['a'])
    const type = object({ l: list(inner), t: tuple([map(inner)]) }, ['l'])
    const bare = object({ a: string })
    expect(withoutOptional(type)).toEqual(object({ l: list(bare), t: tuple([map(bare)]) }))
  })
})

test('names of types are as HCL has them', () => {
  const types = [string, list(map(number)), set(object({ a: string })), tuple([]), list(dynamic)]
  expect(types.map(typeName)).toEqual([
    'string',
    'list of map of number',
    'set of object',
    'tuple',
    'list of any type',
  ])
})

test('paths are shown as HCL writes them, cut where a step is long', () => {
  expect(showPath(['disks', 0, 'size'])).toBe('disks[0].size')
  expect(showPath([0, 'cost center', 'é'])).toBe('[0]["cost center"]["é"]')
  expect(showPath(['x'.repeat(1000)]).length).toBeLessThan(100)
})

test('what is nested too deep ends in a typed error', () => {
  const value = nested(20 * MAX_DEPTH)
  const { type } = value
  for (const walk of [
    () => sameType(type, nested(20 * MAX_DEPTH).type),
    () => sameValue(value, value),
    () => withoutOptional(type),
    () => isWhollyKnown(value),
  ]) {
    expect(walk).toThrow(expect.objectContaining({ code: 'too-deep' }))
  }
  expect(typeName(type)).toMatch(/^list of list of/)
})

function nested(depth: number): Value {
  let value: Value = stringValue('')
  for (let i = 0; i < depth; i++) value = { type: list(value.type), content: [value] }
  return value
}

const contents = (value: Value): unknown[] => (value.content as Value[]).map((member) => member.content)

/** The same value, sharing nothing. */
function structuredCloneOf({ type, content }: Value): Value {
  if (typeof content !== 'object' || content === null || type.kind === 'number') return { type, content }
  const copy = Array.isArray(content)
    ? content.map(structuredCloneOf).reverse().reverse()
    : Object.fromEntries(
        Object.entries(content as Record<string, Value>).map(([k, v]) => [k, structuredCloneOf(v)]),
      )
  return { type: structuredClone(type), content: copy }
}
