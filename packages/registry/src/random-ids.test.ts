import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RandomIds } from './random-ids.ts'

test('identifiers grow, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 47 }), { minLength: 2 }), (times) => {
      const ids = new RandomIds()
      const made = times.map((at) => ids.ulid(at))
      expect(made).toEqual([...new Set(made)].sort())
      for (const id of made) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    }),
  )
})

test('an identifier begins with its time', () => {
  expect(new RandomIds().ulid(1_469_922_850_259).slice(0, 10)).toBe('01ARZ3NDEK')
})
