import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyType } from '../../test/arbitrary.ts'
import {
  canConvert,
  list,
  MAX_UNIFIED_TYPES,
  map,
  number,
  object,
  type Safety,
  sameType,
  string,
  type Type,
  tuple,
  typeFromJson,
  typeToJson,
  unify,
} from '../index.ts'

// What go-cty 1.13 makes of the same types.
describe('unify follows go-cty', () => {
  test.each<[string, Safety, string | undefined]>([
    ['["number","string"]', 'safe', '"string"'],
    ['["bool","number"]', 'unsafe', undefined],
    ['["bool","number","string"]', 'unsafe', '"string"'],
    ['["string","dynamic"]', 'safe', '"dynamic"'],
    ['["string","dynamic"]', 'unsafe', '"string"'],
    ['[["list","number"],["list","string"]]', 'safe', '["list","string"]'],
    ['[["list","number"],"dynamic"]', 'unsafe', '"dynamic"'],
    ['[["tuple",["number"]],["tuple",["string"]]]', 'safe', '["tuple",["string"]]'],
    ['[["tuple",["number"]],["tuple",["string","bool"]]]', 'safe', '["list","string"]'],
    ['[["tuple",["bool"]],["list","string"]]', 'safe', '["list","string"]'],
    ['[["list","string"],["set","number"]]', 'safe', '["list","string"]'],
    ['[["object",{"a":"number"}],["object",{"a":"string"}]]', 'safe', '["object",{"a":"string"}]'],
    ['[["object",{"a":"number"}],["object",{"b":"string"}]]', 'safe', '["map","string"]'],
    ['[["object",{"a":"number"}],["map","string"]]', 'safe', '["map","string"]'],
    ['[["object",{"a":"number"}],["object",{"a":["tuple",[]]}]]', 'unsafe', undefined],
    ['[["object",{}],["tuple",[]]]', 'unsafe', undefined],
    ['["string",["list","string"]]', 'unsafe', undefined],
  ])('%s, %s', (types, safety, common) => {
    const parsed = (typeFromJson(`["tuple",${types}]`) as Extract<Type, { kind: 'tuple' }>).elements
    const unified = unify(parsed, safety)
    expect(unified && typeToJson(unified)).toBe(common)
  })
})

describe('unify', () => {
  test('of one type, however often, is that type; of none there is none', () => {
    fc.assert(fc.property(anyType, (type) => sameType(unify([type, structuredClone(type), type])!, type)))
    expect(unify([])).toBeUndefined()
  })

  test('all types convert to what they have in common', () => {
    const safeties = fc.constantFrom<Safety>('safe', 'unsafe')
    fc.assert(
      fc.property(fc.array(anyType, { minLength: 1, maxLength: 3 }), safeties, (types, safety) => {
        const common = unify(types, safety)
        if (common === undefined) return
        expect(types.every((type) => canConvert(type, common, safety))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('too many different types end in a typed error', () => {
    const types = Array.from({ length: MAX_UNIFIED_TYPES + 1 }, (_, i) => object({ [`a${i}`]: string }))
    expect(() => unify(types)).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(unify(types.slice(1))).toEqual(map(string))
  })

  test('deep types of mixed shapes unify', () => {
    const nested = (wrap: (inner: Type) => Type, innermost: Type): Type => {
      let type = innermost
      for (let i = 0; i < 100; i++) type = wrap(type)
      return type
    }
    const lists = nested(list, string)
    const pairs = nested((inner) => tuple([inner]), number)
    const triples = nested((inner) => tuple([inner, inner.kind === 'tuple' ? tuple([]) : number]), number)
    expect(unify([lists, pairs])).toEqual(lists)
    expect(unify([lists, pairs, triples], 'unsafe')).toEqual(lists)
  })
})
