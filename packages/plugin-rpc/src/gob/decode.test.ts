import { describe, expect, it } from 'vitest'
import { damaged } from '../../test/arbitraries.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { gobFromGo, hex } from '../../test/samples.ts'
import { decodeGob } from './decode.ts'
import { encodeGob, type Write } from './encode.ts'
import { type GobType, INT, INTERFACE, STRING, struct } from './gob-type.ts'
import { type GobInterface, type GobMap, GobStruct } from './gob-value.ts'
import { MAX_GOB_BYTES, MAX_GOB_DEPTH, MAX_GOB_VALUES } from './limits.ts'

function stream(type: GobType, value: Write): Uint8Array {
  return encodeGob({ types: new Map([[65, type]]), type: 65, value })
}

describe('a gob stream', () => {
  it('gives structs whose absent fields are zero', () => {
    const value = decodeGob(
      stream(struct('Pair', ['A', INT], ['B', STRING]), (writer) => writer.uint(2).string('b').uint(0)),
    )
    expect(value).toBeInstanceOf(GobStruct)
    const pair = value as GobStruct
    expect([pair.number('A'), pair.string('B'), pair.list('C')]).toEqual([0, 'b', []])
  })

  it('gives maps and lists', () => {
    const types = new Map<number, GobType>([
      [65, { kind: 'map', name: '', key: STRING, element: 66 }],
      [66, { kind: 'list', name: '', element: INT }],
    ])
    const bytes = encodeGob({
      types,
      type: 65,
      value: (writer) => writer.uint(1).string('k').uint(2).int(-65).int(128),
    })
    expect((decodeGob(bytes) as GobMap).textEntries()).toEqual([['k', [-65, 128]]])
  })

  it('may break off messages to define types, as Go does inside interfaces', () => {
    const attributes = (decodeGob(gobFromGo('two attrs')) as GobMap).textEntries()
    expect(attributes.map(([name, spec]) => [name, (spec as GobInterface).concrete])).toEqual([
      ['a', '*hcldec.AttrSpec'],
      ['b', '*hcldec.AttrSpec'],
    ])
  })

  it('may number its types from 64, as newer Go does', () => {
    const spec = decodeGob(hex('19 7f 0401010a4f626a6563745370656301 ff80 00010c01100000 04 ff80 0000'))
    expect((spec as GobMap).entries).toEqual([])
  })

  it('may announce no more elements than there are bytes', () => {
    const list: GobType = { kind: 'list', name: '', element: INT }
    expect(wireErrorOf(() => decodeGob(stream(list, (writer) => writer.uint(2 ** 40))))).toBe(
      'wire.truncated',
    )
    expect(wireErrorOf(() => decodeGob(hex('f8 ffffffffffffffff')))).toBe('wire.limit')
  })

  it('may define a type within itself, and nest it only so deep', () => {
    const nest: GobType = { kind: 'list', name: 'Nest', element: 65 }
    const nested = (depth: number) => stream(nest, (writer) => writer.raw([...Array(depth - 1).fill(1), 0]))
    expect(decodeGob(nested(3))).toEqual([[[]]])
    expect(() => decodeGob(nested(MAX_GOB_DEPTH))).not.toThrow()
    expect(wireErrorOf(() => decodeGob(nested(MAX_GOB_DEPTH + 1)))).toBe('wire.limit')

    const knot = struct('Knot', ['Self', 65])
    const tied = stream(knot, (writer) => writer.raw(Array(100_000).fill(1)))
    expect(wireErrorOf(() => decodeGob(tied))).toBe('wire.limit')
  })

  it('may hold only so many values', () => {
    const list: GobType = { kind: 'list', name: '', element: INTERFACE }
    const many = stream(list, (writer) =>
      writer.uint(MAX_GOB_VALUES + 1).raw(new Uint8Array(MAX_GOB_VALUES + 1)),
    )
    expect(wireErrorOf(() => decodeGob(many))).toBe('wire.limit')
  })

  it('may be only so long', () => {
    expect(wireErrorOf(() => decodeGob(new Uint8Array(MAX_GOB_BYTES + 1)))).toBe('wire.limit')
  })

  it('may not define a type twice, nor one that is built in', () => {
    const definition = '10 ff81 050101045479706501ff82000000'
    expect(wireErrorOf(() => decodeGob(hex(`${definition} ${definition}`)))).toBe('wire.malformed')
    expect(wireErrorOf(() => decodeGob(hex('0e 0f 0501010454797065010e000000')))).toBe('wire.malformed')
  })

  it('may not use a type that it has not defined', () => {
    expect(wireErrorOf(() => decodeGob(hex('03 ff82 00')))).toBe('wire.unsupported')
  })

  it('may hold no integer that JavaScript cannot count', () => {
    expect(wireErrorOf(() => decodeGob(hex('0b 04 00 f8 7fffffffffffffff')))).toBe('wire.limit')
    expect(wireErrorOf(() => decodeGob(hex('0b 04 00 f7 7fffffffffffffffff')))).toBe('wire.malformed')
  })

  it('answers damaged bytes with typed errors', () => {
    const samples = ['blocklist', 'value set', 'value list of obj', 'attr set(object)'].map(gobFromGo)
    expectOnlyWireErrors(decodeGob, damaged(...samples))
  })
})
