import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAvPairs, writeAvPairs } from './av-pairs.ts'
import { NTLM_FLAGS } from './flags.ts'
import { readChallenge } from './messages.ts'
import { NtlmError } from './ntlm-error.ts'
import { NtlmLogin } from './ntlm-login.ts'

const account = { domain: 'DOM', user: 'Ada', password: 'pässwörd' }
const login = () => new NtlmLogin(account, { random: (length) => Buffer.alloc(length, 0xa5), now: () => 0 })

/** An exchange with the acceptor of pyspnego 0.12, which took the message and what was sealed. */
const recorded = {
  challenge:
    '4e544c4d5353500002000000040004003800000035828ae249f5618cc485815400000000000000003a003a003c000000000c04000000000f' +
    '56004d000100040056004d000200160057004f0052004b00530054004100540049004f004e000300040076006d00070008004e6ce82ba87c' +
    'dd0100000000',
  authenticate:
    '4e544c4d53535000030000001800180058000000720072007000000006000600e200000006000600e800000000000000ee00000010001000' +
    'ee000000358288e20a0000000000000f0e8570ae4dfd6c4c3d6fb0cd4a7131dc000000000000000000000000000000000000000000000000' +
    'b3f79575ecaa385203d0f44b14ce1f8a01010000000000004e6ce82ba87cdd01a5a5a5a5a5a5a5a5000000000100040056004d0002001600' +
    '57004f0052004b00530054004100540049004f004e000300040076006d00070008004e6ce82ba87cdd010600040002000000000000000000' +
    '000044004f004d0041006400610011b34fd633e15bd0a227f09c596d679c',
  sent: '01000000c8e660b3d9b6790d00000000a3e39c78cd7de168006d8fc572',
  returned: '010000003bd257e1b72c676b00000000b25e73ddc27293aa8b',
}
const challenge = Buffer.from(recorded.challenge, 'hex')

test('logs in, encrypts and decrypts as another implementation does', () => {
  const { message, session } = login().authenticate(challenge)
  expect(message.toString('hex')).toBe(recorded.authenticate)
  const { signature, sealed } = session.outgoing.seal(Buffer.from('<s:Envelope/>'))
  expect(Buffer.concat([signature, sealed]).toString('hex')).toBe(recorded.sent)
  const returned = Buffer.from(recorded.returned, 'hex')
  expect(session.incoming.unseal(returned.subarray(0, 16), returned.subarray(16)).toString()).toBe(
    '<s:Body/>',
  )
})

test.each(['seal', 'key128', 'extendedSessionSecurity'] as const)('refuses a server without %s', (name) => {
  const weak = Buffer.from(challenge)
  weak.writeUInt32LE((weak.readUInt32LE(20) & ~NTLM_FLAGS[name]) >>> 0, 20)
  expect(() => login().authenticate(weak)).toThrow(`does not offer ${name}: use winrm_use_ssl`)
})

describe('hostile bytes', () => {
  const refusedOrRead = (read: () => unknown) => {
    try {
      read()
    } catch (error) {
      expect(error).toBeInstanceOf(NtlmError)
    }
  }

  test('are no challenge', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        refusedOrRead(() => readChallenge(Buffer.from(bytes))),
      ),
    )
  })

  test('in a challenge are refused or answered', () => {
    const change = fc.tuple(fc.nat(challenge.length - 1), fc.nat(255))
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(challenge.length),
        (changes, length) => {
          const changed = Buffer.from(challenge)
          for (const [at, value] of changes) changed[at] = value
          refusedOrRead(() => login().authenticate(changed.subarray(0, length)))
          refusedOrRead(() => login().authenticate(changed))
        },
      ),
    )
  })

  test('are target information as far as they go', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) =>
        refusedOrRead(() => readAvPairs(Buffer.from(bytes))),
      ),
    )
  })
})

test('target information is read as it was written', () => {
  const pair = fc.tuple(
    fc.integer({ min: 1, max: 0xffff }),
    fc.uint8Array({ maxLength: 300 }).map(Buffer.from),
  )
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 10 }), (pairs) => {
      const map = new Map(pairs as [number, Buffer][])
      expect([...readAvPairs(writeAvPairs(map))]).toEqual([...map])
    }),
  )
})
