import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, pauseBefore, readRetryAfter } from './backoff.ts'

test('pauses double up to a limit and are spread over their upper half', () => {
  expect([1, 2, 3].map((attempt) => pauseBefore(attempt, 1))).toEqual([200, 400, 800])
  expect(pauseBefore(1, 0)).toBe(FIRST_PAUSE_MS / 2)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const pause = pauseBefore(attempt, random)
        expect(pause).toBeGreaterThanOrEqual(FIRST_PAUSE_MS / 2)
        expect(pause).toBeLessThanOrEqual(LONGEST_PAUSE_MS)
      },
    ),
  )
})

test('a pause is as long as the registry asked for', () => {
  expect(pauseBefore(1, 0, 5000)).toBe(5000)
})

test('Retry-After is read as seconds or as a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  expect(readRetryAfter('7', now)).toBe(7000)
  expect(readRetryAfter('Thu, 01 Jan 2026 00:00:03 GMT', now)).toBe(3000)
  expect(readRetryAfter('Wed, 31 Dec 2025 00:00:03 GMT', now)).toBe(0)
  expect(readRetryAfter('soon', now)).toBeUndefined()
  expect(readRetryAfter(undefined, now)).toBeUndefined()
})
