import { describe, expect, test } from 'vitest'
import { accountOf, directionKeys, rc4, respond, responseKey } from './keys.ts'
import { md4 } from './md4.ts'
import { Rc4 } from './rc4.ts'
import { Sealing } from './sealing.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test.each([
  ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
  ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
  ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
  ['message digest', 'd9130a8164549fe818874806e1c7014b'],
  ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
  ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
])('MD4 of "%s" is that of RFC 1320', (text, digest) => {
  expect(md4(Buffer.from(text)).toString('hex')).toBe(digest)
})

test('RC4 is that of RFC 6229, also in pieces', () => {
  const cipher = new Rc4(hex('0102030405060708090a0b0c0d0e0f10'))
  const stream = Buffer.concat([cipher.apply(Buffer.alloc(5)), cipher.apply(Buffer.alloc(27))])
  expect(stream.toString('hex')).toBe('9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c')
})

/** The account and exchange of MS-NLMP 4.2.1 and 4.2.4. */
describe("the specification's example", () => {
  const account = { user: 'User', domain: 'Domain', password: 'Password' }
  const sessionKey = Buffer.alloc(16, 0x55)
  const response = respond(account, {
    serverChallenge: hex('0123456789abcdef'),
    clientChallenge: Buffer.alloc(8, 0xaa),
    time: 0n,
    targetInfo: hex('02000c0044006f006d00610069006e0001000c005300650072007600650072 00 00000000'),
  })

  test('has its response key', () => {
    expect(responseKey(account).toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f')
  })

  test('has its responses and keys', () => {
    expect(response.ntResponse.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c')
    expect(response.lmResponse.toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa')
    expect(response.keyExchangeKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3')
    expect(rc4(response.keyExchangeKey, sessionKey).toString('hex')).toBe('c5dad2544fc9799094ce1ce90bc9d03e')
  })

  test('has its sealing and signing keys', () => {
    const { sign, seal } = directionKeys(sessionKey, 'client-to-server')
    expect(seal.toString('hex')).toBe('59f600973cc4960a25480a7c196e4c58')
    expect(sign.toString('hex')).toBe('4788dc861b4782f35d43fd98fe1a2d39')
  })

  test('has its sealed message', () => {
    const sealing = new Sealing(sessionKey, { direction: 'client-to-server', keyExchange: true })
    const { sealed, signature } = sealing.seal(Buffer.from('Plaintext', 'utf16le'))
    expect(sealed.toString('hex')).toBe('54e50165bf1936dc996020c1811b0f06fb5f')
    expect(signature.toString('hex')).toBe('010000007fb38ec5c55d497600000000')
  })
})

test('messages are read in the order in which they were sealed, and no other, nor changed', () => {
  const options = { direction: 'server-to-client', keyExchange: true } as const
  const pair = () =>
    [new Sealing(Buffer.alloc(16, 1), options), new Sealing(Buffer.alloc(16, 1), options)] as const
  const [from, to] = pair()
  for (const text of ['one', 'two', '']) {
    const { signature, sealed } = from.seal(Buffer.from(text))
    expect(to.unseal(signature, sealed).toString()).toBe(text)
  }
  const [sender, receiver] = pair()
  sender.seal(Buffer.from('lost'))
  const late = sender.seal(Buffer.from('late'))
  expect(() => receiver.unseal(late.signature, late.sealed)).toThrow('wrong signature')
})

test.each([
  ['Administrator', '', 'Administrator'],
  ['ACME\\ada', 'ACME', 'ada'],
  ['ada@acme.test', '', 'ada@acme.test'],
  ['.\\ada', '.', 'ada'],
])('%s logs in to the domain "%s" as %s', (username, domain, user) => {
  expect(accountOf(username, 'x')).toEqual({ domain, user, password: 'x' })
})
