import { expect, it } from 'vitest'
import { ago, span, when } from './when.ts'

it('shows times in UTC to the minute, and what is no time as it is', () => {
  expect(when('2026-11-25T07:22:59.123Z')).toBe('2026-11-25 07:22Z')
  expect(when('2026-11-25T08:22:59+01:00')).toBe('2026-11-25 07:22Z')
  expect(when('soon')).toBe('soon')
})

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [59_999, '59 s'],
  [6 * 60_000, '6 min'],
  [5 * 3_600_000, '5 h'],
  [86_400_000, '1 day'],
  [40 * 86_400_000, '40 days'],
])('%d ms are %s', (milliseconds, text) => {
  expect(span(milliseconds)).toBe(text)
})

it('says how long ago something was', () => {
  expect(ago('2026-11-25T00:00:00Z', Date.parse('2026-11-25T00:02:30Z'))).toBe('2 min ago')
})
