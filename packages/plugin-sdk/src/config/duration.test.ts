import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'

test.each([
  ['1h30m', 5_400_000],
  ['300ms', 300],
  ['1.5s', 1500],
  ['.5h', 1_800_000],
  ['-2m', -120_000],
  ['0', 0],
  ['1us', 0.001],
  ['1h1m1s1ms', 3_661_001],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBeCloseTo(milliseconds, 6)
})

test.each(['', '5', '5 m', 'm', '1h-2m', '1d', 'abc', '+', '1.2.3s'])('"%s" is refused', (text) => {
  expect(() => parseDuration(text)).toThrow(RangeError)
})

test('what is formatted parses to the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milliseconds) => {
      expect(parseDuration(formatDuration(milliseconds))).toBeCloseTo(milliseconds, 3)
    }),
  )
})

test.each([
  [5_400_000, '1h30m'],
  [1500, '1.5s'],
  [200, '200ms'],
  [0, '0s'],
])('%d ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})
