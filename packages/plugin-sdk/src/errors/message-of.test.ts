import { expect, test } from 'vitest'
import { MESSAGE_LIMIT, messageOf, stackOf } from './message-of.ts'

test.each([
  [new Error('disk full'), 'disk full'],
  [new Error('cannot pack', { cause: new Error('disk full') }), 'cannot pack: disk full'],
  [new Error('cannot pack: disk full', { cause: new Error('disk full') }), 'cannot pack: disk full'],
  [new TypeError('x is not a function'), 'TypeError: x is not a function'],
  [new RangeError(''), 'RangeError'],
  [new AggregateError([new Error('one'), 'two'], 'Both failed:'), 'Both failed:\n* one\n* two'],
  ['just text', 'just text'],
  ['', 'an empty text was thrown'],
  [undefined, 'undefined was thrown'],
  [null, 'null was thrown'],
  [42, '42 was thrown'],
  [{ message: 'like an error' }, 'like an error'],
  [{ code: 5 }, '{ code: 5 } was thrown'],
])('%s is told as %s', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})

test('a stack is only for the log', () => {
  const error = new Error('disk full')
  expect(messageOf(error)).not.toContain('message-of.test')
  expect(stackOf(error)).toContain('message-of.test')
})

test('causes in a circle and endless messages end', () => {
  const error = new Error('x'.repeat(MESSAGE_LIMIT * 2))
  error.cause = error
  expect(messageOf(error).length).toBeLessThan(MESSAGE_LIMIT * 2)
})
