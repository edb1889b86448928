import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certified, readCertificate } from './certificate.ts'
import { SshError } from './ssh-error.ts'
import { field, integer, readField } from './wire.ts'

const kind = certified('ssh-ed25519')
const point = Buffer.alloc(32, 7)
const publicKey = Buffer.concat([field('ssh-ed25519'), field(point)])
const blob = Buffer.concat([field(kind), field(Buffer.alloc(32)), field(point), Buffer.alloc(8)])

function read(bytes: Uint8Array, key = publicKey) {
  return readCertificate(`${kind} ${Buffer.from(bytes).toString('base64')} comment`, key, 'The file')
}

test('a certificate of the key is taken', () => {
  expect(read(blob)).toEqual({ keyType: 'ssh-ed25519', blob })
})

test('anything else is refused with an error of its own', () => {
  expect(() => read(blob, Buffer.concat([field('ssh-ed25519'), field(Buffer.alloc(32, 8))]))).toThrow(
    'of another key',
  )
  const spoilt = fc.tuple(fc.nat(blob.length - 1), fc.uint8Array({ maxLength: 40 })).map(([at, bytes]) => {
    const copy = Buffer.concat([blob.subarray(0, at), Buffer.from(bytes), blob.subarray(at + bytes.length)])
    return copy
  })
  fc.assert(
    fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      try {
        expect(read(bytes).keyType).toBe('ssh-ed25519')
      } catch (error) {
        expect(error).toBeInstanceOf(SshError)
      }
    }),
  )
})

test('a field is read as it was written, and nothing beyond the end', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(10), (content, cut) => {
      const bytes = field(content)
      expect(readField(bytes)).toEqual({ content: Buffer.from(content), end: bytes.length })
      if (cut > 0) expect(readField(bytes.subarray(0, Math.max(0, bytes.length - cut)))).toBeUndefined()
    }),
  )
})

test.each([
  [[], '00000000'],
  [[0, 0], '00000000'],
  [[0, 0x7f], '000000017f'],
  [[0x80], '000000020080'],
])('the number %j is written as %s', (bytes, hex) => {
  expect(integer(Buffer.from(bytes)).toString('hex')).toBe(hex)
})
