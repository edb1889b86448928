import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WinRMError } from '../winrm-error.ts'
import { readEncrypted, writeEncrypted } from './encrypted-body.ts'

const signature = Buffer.alloc(16, 7)

test('an encrypted message is read as it was written, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      const message = { signature, sealed: Buffer.from(bytes) }
      expect(readEncrypted(writeEncrypted(message))).toEqual(message)
    }),
  )
  const confusing = {
    signature,
    sealed: Buffer.from('\r\n--Encrypted Boundary--\r\n\0application/octet-stream\r\n'),
  }
  expect(readEncrypted(writeEncrypted(confusing))).toEqual(confusing)
})

test('heads may be written in other ways', () => {
  const written = writeEncrypted({ signature, sealed: Buffer.from('abc') }).toString('latin1')
  const otherwise = written.replaceAll('\t', '').replace('OriginalContent', 'originalcontent')
  expect(readEncrypted(Buffer.from(otherwise, 'latin1')).sealed.toString()).toBe('abc')
})

test('hostile bytes are refused or read', () => {
  const whole = writeEncrypted({ signature, sealed: Buffer.alloc(40, 1) })
  fc.assert(
    fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 20 }), (at, bytes) => {
      for (const body of [
        whole.subarray(0, at),
        Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]),
      ])
        try {
          readEncrypted(body)
        } catch (error) {
          expect(error).toBeInstanceOf(WinRMError)
        }
    }),
  )
})

test.each(['', 'OriginalContent: ;Length=999999999', 'application/octet-stream\r\n'])(
  '"%s" is none',
  (text) => {
    expect(() => readEncrypted(Buffer.from(text))).toThrow('not encrypted as WinRM does it')
  },
)
