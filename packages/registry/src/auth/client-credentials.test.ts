import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientCredentials } from './client-credentials.ts'
import { hashSecret, isSecret, newClientSecret } from './client-secret.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const form = (fields: Record<string, string>) => new URLSearchParams(fields)
// What Go's url.QueryEscape makes of a text.
const escaped = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')

test('Go clients encode both parts as form values before base64', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1 }), (id, secret) => {
      fc.pre(id.isWellFormed() && secret.isWellFormed())
      expect(clientCredentials(basic(`${escaped(id)}:${escaped(secret)}`), form({}))).toEqual({ id, secret })
    }),
  )
})

test('what is no form value stands for itself, as curl sends it', () => {
  expect(clientCredentials(basic('me:100%'), form({}))).toEqual({ id: 'me', secret: '100%' })
  expect(clientCredentials(basic('me:a:b'), form({}))).toEqual({ id: 'me', secret: 'a:b' })
})

test('the form is read when there is no Basic header', () => {
  const fields = form({ client_id: 'me', client_secret: 's' })
  expect(clientCredentials(undefined, fields)).toEqual({ id: 'me', secret: 's' })
  expect(clientCredentials('Bearer x', fields)).toEqual({ id: 'me', secret: 's' })
})

test.each([basic('nocolon'), basic(':s'), basic('me:'), 'Basic', 'Basic ,', 'Bearer x', undefined])(
  'nothing comes of %s',
  (header) => {
    expect(clientCredentials(header, form({}))).toBeUndefined()
  },
)

test('only the very secret fits its hash, and none fits no hash', () => {
  const secret = newClientSecret()
  expect(secret).toMatch(/^ingot_secret_[\w-]{43}[0-9a-f]{8}$/)
  expect(crc32(secret.slice(0, -8))).toBe(Number.parseInt(secret.slice(-8), 16))
  expect(isSecret(secret, hashSecret(secret))).toBe(true)
  expect(isSecret(`${secret}x`, hashSecret(secret))).toBe(false)
  expect(isSecret(secret, undefined)).toBe(false)
  expect(isSecret(secret, 'short')).toBe(false)
})
