import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Secrets } from './secrets.ts'

function hide(values: readonly string[], text: string): string {
  const secrets = new Secrets()
  secrets.add(values)
  return secrets.hide(text)
}

test('every occurrence is replaced, the longer secret before the shorter', () => {
  expect(hide(['s3', 's3cret'], 's3cret and s3')).toBe('<sensitive> and <sensitive>')
})

test('a secret that is part of the replacement does not garble it', () => {
  expect(hide(['s', 'e'], 'yes')).toBe('y<sensitive><sensitive>')
})

test('an empty secret hides nothing', () => {
  expect(hide([''], 'text')).toBe('text')
})

test('a key of many lines is hidden line by line', () => {
  const key = '-----BEGIN-----\nabcdefghijkl\nxy\n-----END-----\n'
  expect(hide([key], 'it is abcdefghijkl, xy')).toBe('it is <sensitive>, xy')
})

test('secrets that come later are hidden with those before', () => {
  const secrets = new Secrets()
  secrets.add(['one'])
  secrets.add(['two'])
  expect(secrets.hide('one two')).toBe('<sensitive> <sensitive>')
})

test('no secret is ever left in a text', () => {
  const secret = fc.string({ minLength: 1 }).filter((text) => !'<sensitive>'.includes(text))
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      const hidden = hide([value], `${before}${value}${after}`)
      expect(hidden.replaceAll('<sensitive>', '\u{10ffff}')).not.toContain(value)
    }),
  )
})
