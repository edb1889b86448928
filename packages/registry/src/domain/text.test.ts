import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelsPerObject } from './limits.ts'
import { checkFingerprint, checkLabels, checkName, checkText } from './text.ts'

test('names are short and plain', () => {
  for (const name of ['abc', 'Base-Ubuntu-2204', 'a'.repeat(36), '---'])
    expect(checkName('name', name)).toBeUndefined()
  for (const name of [
    '',
    'ab',
    'a'.repeat(37),
    'a_b',
    'a b c',
    'äöü',
    'abc\n',
    'a%2Fb',
    'a\0b',
    'x'.repeat(1_000_000),
  ])
    expect(checkName('name', name)?.code).toBe('name.malformed')
})

test('fingerprints are what git, ULIDs and people make', () => {
  for (const text of ['a', '01J8ZC2V5Q5W2F0R3M4X6Y7Z8A', 'c0ffee'.repeat(6), 'v1.2.3_rc-1', 'a'.repeat(128)])
    expect(checkFingerprint(text)).toBeUndefined()
  for (const text of ['', '-a', 'a-', 'a/b', 'a'.repeat(129), '.', `a${'-'.repeat(100_000)}`])
    expect(checkFingerprint(text)?.code).toBe('name.malformed')
})

test('length counts characters, not their halves', () => {
  expect(checkText('description', '😀'.repeat(255), 255)).toBeUndefined()
  expect(checkText('description', '😀'.repeat(256), 255)?.code).toBe('text.too-long')
})

test('no text holds a NUL or half a surrogate pair', () => {
  expect(checkText('description', 'a\0b', 255)?.code).toBe('text.unprintable')
  expect(checkText('description', '\udc00', 255)?.code).toBe('text.unprintable')
})

test('ten thousand labels are too many', () => {
  const labels = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']))
  expect(checkLabels(labels(labelsPerObject))).toBeUndefined()
  expect(checkLabels(labels(10_000))?.code).toBe('list.too-long')
})

test('whatever text is let through can be stored as UTF-8 and read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      if (!checkText('text', text, 1000)) expect(Buffer.from(text).toString()).toBe(text)
    }),
  )
})
