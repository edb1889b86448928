import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInRange, readRange } from './package-range.ts'
import { Refusal } from './refusal.ts'
import { compareSemver } from './version-order/semver.ts'

const inside = (version: string, text: string) => {
  const range = readRange(text)
  return range instanceof Refusal ? range.code : isInRange(version, range, compareSemver)
}

test.each([
  ['', ['0.1', '9'], []],
  ['3.0.7', ['3.0.7'], ['3.0.8']],
  ['=3.0', ['3.0.0'], ['3.0.1']],
  ['>=3.0.0 <3.0.8', ['3.0.0', '3.0.7'], ['2.9', '3.0.8']],
  ['>= 3.0.0, < 3.0.8', ['3.0.7'], ['3.0.8']],
  ['<1.2 || >=2 <=2.1', ['1.1', '2.1'], ['1.2', '2.2']],
])('the range %j', (range, fitting, others) => {
  for (const version of fitting) expect(inside(version, range)).toBe(true)
  for (const version of others) expect(inside(version, range)).toBe(false)
})

test.each(['<', '>=1 ||', '=<1', '1 '.repeat(40)])('%j is none', (range) => {
  expect(inside('1', range)).toBe('name.malformed')
})

test('any text is read or refused', () => {
  const text = fc.string({ unit: fc.constantFrom(...'<>=|, 012.a') })
  fc.assert(
    fc.property(text, (range) => {
      expect([true, false, 'name.malformed']).toContain(inside('1', range))
    }),
  )
})
