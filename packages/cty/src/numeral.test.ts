import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyNumeral } from '../test/arbitrary.ts'
import {
  CtyError,
  compareNumerals,
  MAX_NUMBER_DIGITS,
  type Numeral,
  normalNumeral,
  numeralText,
  numeralToNumber,
  parseNumeral,
} from './index.ts'

describe('parseNumeral', () => {
  test.each<[string, Numeral]>([
    ['42', 42],
    ['+5', 5],
    ['-1.50', -1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['00012', 12],
    ['-.5e-3', -0.0005],
    ['6e23', 600000000000000000000000n],
    ['-0', 0],
    ['0e999999999999999999999', 0],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['0.1', 0.1],
    ['0.1000000000000000000001', { decimal: '0.1000000000000000000001' }],
    ['9007199254740993.5', { decimal: '9007199254740993.5' }],
    ['1e-400', { decimal: `0.${'0'.repeat(399)}1` }],
  ])('reads %s', (text, numeral) => {
    expect(parseNumeral(text)).toEqual(numeral)
  })

  test.each(['', '.', '-', 'e5', '1e', ' 1', '1 ', '1_000', '0x10', 'Inf', 'NaN', '1,5', '١'])(
    'refuses %o, as Go does',
    (text) => {
      expect(codeOf(() => parseNumeral(text))).toBe('bad-number')
    },
  )

  test.each([
    '1e1024',
    '1e-1025',
    '1e99999999999999999999',
    '1e-99999999999999999999',
    `0.${'1'.repeat(MAX_NUMBER_DIGITS + 1)}`,
    '9'.repeat(MAX_NUMBER_DIGITS + 1),
    '1'.repeat(10_000_000),
  ])('refuses more digits than it may have: %.20s…', (text) => {
    expect(codeOf(() => parseNumeral(text))).toBe('too-large')
  })

  test('takes as many digits as it may have', () => {
    const digits = '9'.repeat(MAX_NUMBER_DIGITS)
    expect(numeralText(parseNumeral(digits))).toBe(digits)
    expect(numeralText(parseNumeral(`1e${MAX_NUMBER_DIGITS - 1}`))).toHaveLength(MAX_NUMBER_DIGITS)
  })

  test('reads anything or refuses it with a typed error', () => {
    const notation = fc.string({ unit: fc.constantFrom(...'0123456789+-.eE_ '), maxLength: 20 })
    fc.assert(fc.property(notation, (text) => codeOf(() => parseNumeral(text)) !== ''))
  })
})

describe('a numeral', () => {
  test('has one form, however it was given', () => {
    fc.assert(
      fc.property(anyNumeral, (numeral) => {
        const normal = normalNumeral(numeral)
        expect(normalNumeral(normal)).toEqual(normal)
        expect(parseNumeral(numeralText(numeral))).toEqual(normal)
        expect(compareNumerals(numeral, normal)).toBe(0)
      }),
    )
  })

  test('prints as plain decimal', () => {
    fc.assert(
      fc.property(anyNumeral, (numeral) => /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(numeralText(numeral))),
    )
    expect([1e-7, 1e21, -0, 5e-324, 1.5].map(numeralText)).toEqual([
      '0.0000001',
      '1000000000000000000000',
      '0',
      `0.${'0'.repeat(323)}5`,
      '1.5',
    ])
  })

  test('stands for the double that it came from', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(fc.property(finite, (n) => numeralToNumber(normalNumeral(n)) === n))
  })

  test('compares by size: integers, fractions and scales mixed', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(40), (a, b, scale) => {
        const sign = a < b ? -1 : a > b ? 1 : 0
        const [x, y] = [parseNumeral(`${a}e-${scale}`), parseNumeral(`${b}e-${scale}`)]
        expect(compareNumerals(x, y)).toBe(sign)
        expect(compareNumerals(y, x)).toBe(sign === 0 ? 0 : -sign)
      }),
    )
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('is never %s', (n) => {
    expect(codeOf(() => normalNumeral(n))).toBe('bad-number')
  })
})

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof CtyError) return error.code
    throw error
  }
}
