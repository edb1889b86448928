import { expect, test } from 'vitest'
import { Renderings } from './renderings.ts'

const head = (id: string, revision = '1') => ({ id, revision })

test('a text is kept for its revision alone', () => {
  const renderings = new Renderings()
  renderings.keep(head('a'), 'one')
  expect(renderings.get(head('a'))).toBe('one')
  expect(renderings.get(head('a', '2'))).toBeUndefined()
})

test('the longest unused goes when the limit is reached', () => {
  const renderings = new Renderings(10)
  renderings.keep(head('a'), '12345')
  renderings.keep(head('b'), '12345')
  renderings.get(head('a'))
  renderings.keep(head('c'), '12345')
  expect([head('a'), head('b'), head('c')].map((each) => renderings.get(each) !== undefined)).toEqual([
    true,
    false,
    true,
  ])
})

test('a text beyond the limit is not kept, and drives out no other', () => {
  const renderings = new Renderings(10)
  renderings.keep(head('a'), '12345')
  expect(renderings.keep(head('b'), 'x'.repeat(11))).toHaveLength(11)
  expect(renderings.get(head('b'))).toBeUndefined()
  expect(renderings.get(head('a'))).toBe('12345')
})
