import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { SignJWT } from 'jose/jwt/sign'
import { expect, test } from 'vitest'
import { AUDIENCE, readToken, signToken } from './access-token.ts'
import { tokenKey } from './signing-keys.ts'

const key = await tokenKey('k1', '{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ"}')
const other = await tokenKey('k2', '{"kty":"oct","k":"b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItMTI"}')
const claims = { iss: 'registry', aud: AUDIENCE, sub: 'p1', client_id: 'c1', iat: 1000, exp: 4600 }
const token = await signToken(claims, key)
const read = (text: string, now = 1000, keys = [key]) => readToken(text, { keys, issuer: 'registry', now })

test('a token says what was signed, to the last second of its time', async () => {
  expect(await read(token)).toEqual(claims)
  expect(await read(token, 4599)).toEqual(claims)
  expect(await read(token, 4600)).toBe('expired')
})

test('a token stays good while its key is known, though a newer one signs', async () => {
  expect(await read(token, 1000, [other, key])).toEqual(claims)
  expect(await read(token, 1000, [other])).toBe('foreign')
})

test('a token of another registry, audience or algorithm is foreign', async () => {
  expect(await readToken(token, { keys: [key], issuer: 'another', now: 1000 })).toBe('foreign')
  expect(await read(await signToken({ ...claims, aud: 'x' }, key))).toBe('foreign')
  const none = Buffer.from('{"alg":"none","kid":"k1","typ":"JWT"}').toString('base64url')
  expect(await read(`${none}.${token.split('.')[1]}.`)).toBe('foreign')
})

test('no changed character and no other text is taken for a token', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(token.length - 1),
      fc.constantFrom('A', 'b', '0', '.', '-'),
      async (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1)
        // The last character of base64url holds bits that say nothing.
        fc.pre(changed !== token && at < token.length - 1)
        expect(await read(changed)).toBe('foreign')
      },
    ),
  )
  await fc.assert(fc.asyncProperty(fc.string(), async (text) => (await read(text)) === 'foreign'))
  expect(await read('a.'.repeat(1e6))).toBe('foreign')
})

test('a token signed with any other algorithm is foreign, be it with a key that we would take', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const confused = await tokenKey(
    'k1',
    JSON.stringify({ kty: 'oct', k: Buffer.from(publicPem).toString('base64url') }),
  )
  expect(await read(await signToken(claims, confused))).toBe('foreign')
  const secret = Buffer.from('c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ', 'base64url')
  for (const [alg, signer] of [
    ['RS256', privateKey],
    ['HS384', Buffer.concat([secret, secret])],
    ['HS512', Buffer.concat([secret, secret])],
  ] as const) {
    const header = { alg, kid: 'k1', typ: 'JWT' }
    expect(await read(await new SignJWT(claims).setProtectedHeader(header).sign(signer))).toBe('foreign')
  }
  for (const header of [
    { alg: 'HS256', typ: 'JWT' },
    { alg: 'HS256', kid: 'k1' },
    { alg: 'HS256', kid: 'k1', typ: 'at+jwt' },
  ])
    expect(await read(await new SignJWT(claims).setProtectedHeader(header).sign(secret))).toBe('foreign')
})

test.each(['sub', 'client_id', 'iat', 'exp', 'iss', 'aud'])(
  'a token without %s is foreign',
  async (claim) => {
    const { [claim as keyof typeof claims]: _, ...rest } = claims
    expect(await read(await signToken(rest as typeof claims, key))).toBe('foreign')
  },
)
