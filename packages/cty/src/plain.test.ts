import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyType, anyValue } from '../test/arbitrary.ts'
import {
  CtyError,
  dynamic,
  fromPlain,
  list,
  listValue,
  map,
  nullValue,
  number,
  object,
  sameType,
  sameValue,
  set,
  string,
  stringValue,
  type Type,
  toPlain,
  tuple,
  tupleValue,
  unknownValue,
} from './index.ts'

describe('toPlain and fromPlain', () => {
  test('any known value comes back, its type given', () => {
    fc.assert(fc.property(anyValue, (value) => sameValue(fromPlain(toPlain(value), value.type), value)))
  })

  test('plain data is plain', () => {
    const type = object({ id: string, tags: map(string), sizes: set(number) })
    const value = fromPlain({ id: 'x', tags: new Map([['a', 'b']]), sizes: new Set([3, 1, 2n ** 70n]) }, type)
    expect(toPlain(value)).toStrictEqual({ id: 'x', tags: { a: 'b' }, sizes: [1, 3, 2n ** 70n] })
  })

  test('what is absent is null', () => {
    const type = object({ a: string, b: list(string) })
    expect(toPlain(fromPlain({ a: undefined }, type))).toEqual({ a: null, b: null })
    expect(fromPlain(undefined, type)).toEqual(nullValue(type))
  })

  test('decimals pass through', () => {
    const decimal = { decimal: '0.1000000000000000000001' }
    expect(toPlain(fromPlain(decimal, number))).toEqual(decimal)
    expect(toPlain(fromPlain({ decimal: '1.50' }, number))).toBe(1.5)
  })

  test('the type follows from the data where it is dynamic', () => {
    const value = fromPlain({ a: [1, 'b', null], c: { d: true } }, dynamic)
    const expected = object({ a: tuple([number, string, dynamic]), c: object({ d: { kind: 'bool' } }) })
    expect(sameType(value.type, expected)).toBe(true)
    expect(fromPlain(['a', null], list(dynamic))).toEqual(
      listValue(string, [stringValue('a'), nullValue(string)]),
    )
  })

  test('__proto__ is a name like any other', () => {
    const data = JSON.parse('{"__proto__":{"polluted":"yes"}}')
    const plain = toPlain(fromPlain(data, map(map(string))))
    expect(Object.keys(plain as object)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype)
  })

  const cycle: unknown[] = []
  cycle.push(cycle)
  test.each<[unknown, Type, string, unknown[]]>([
    [{ a: [{ b: 1 }] }, object({ a: list(map(string)) }), 'wrong-type', ['a', 0, 'b']],
    ['1', number, 'wrong-type', []],
    [1, { kind: 'bool' }, 'wrong-type', []],
    [{ x: 1 }, object({ y: number }), 'unexpected-attribute', ['x']],
    [['a'], tuple([]), 'wrong-length', []],
    [[1, Number.NaN], list(number), 'bad-number', [1]],
    [{ decimal: '' }, number, 'bad-number', []],
    [new Date(0), dynamic, 'wrong-type', []],
    [Buffer.from('x'), list(number), 'wrong-type', []],
    [[() => 1], dynamic, 'wrong-type', [0]],
    [new Map([[1, 'a']]), map(string), 'wrong-type', []],
    [[1, 'a'], list(dynamic), 'wrong-type', [1]],
  ])('%o is refused with its place', (data, type, code, path) => {
    expect(errorOf(() => fromPlain(data, type))).toMatchObject({ code, path })
  })

  test('data that holds itself is refused', () => {
    expect(errorOf(() => fromPlain(cycle, dynamic))?.code).toBe('too-deep')
  })

  test('an unknown has no plain form, and its place is told', () => {
    const value = tupleValue([stringValue('a'), unknownValue(string)])
    expect(errorOf(() => toPlain(value))).toMatchObject({ code: 'not-known', path: [1] })
  })

  test('anything becomes a value or a typed error', () => {
    const anything = fc.anything({
      withMap: true,
      withSet: true,
      withDate: true,
      withBigInt: true,
      withTypedArray: true,
    })
    fc.assert(
      fc.property(anything, fc.oneof(anyType, fc.constant(dynamic)), (data, type) => {
        errorOf(() => fromPlain(data, type))
      }),
    )
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
