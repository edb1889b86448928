import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damaged } from '../../test/arbitraries.ts'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { acceptedByGo, gobFromGo, hex } from '../../test/samples.ts'
import { decodeCommandFinished, encodeCommandFinished } from './command-finished.ts'

describe('the end of a command', () => {
  it.each([0, 7, 2300218, -1])('is written for status %i byte for byte as Go does', (status) => {
    expect(encodeCommandFinished(status)).toEqual(new Uint8Array(gobFromGo(`CommandFinished ${status}`)))
  })

  it.each([0, 7, 2300218, -1])('is read for status %i from Go', (status) => {
    expect(decodeCommandFinished(gobFromGo(`CommandFinished ${status}`))).toBe(status)
  })

  it('is read whatever the struct is called and its type numbered', () => {
    expect(decodeCommandFinished(acceptedByGo('cf cfname'))).toBe(7)
    const renumbered = hex(
      '2e ff8b 0301010f436f6d6d616e6446696e697368656401 ff8c 000101010a45786974537461747573010400000005 ff8c 010e00',
    )
    expect(decodeCommandFinished(renumbered)).toBe(7)
  })

  it('comes back for every exit status there is', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (status) => {
        expect(decodeCommandFinished(encodeCommandFinished(status))).toBe(status)
      }),
    )
  })

  it.each([Number.NaN, 1.5, 2 ** 60])('refuses to write %d', (status) => {
    expect(wireErrorOf(() => encodeCommandFinished(status))).toBe('wire.unsupported')
  })

  it('is a truncated message when the other end died before it was complete', () => {
    const whole = encodeCommandFinished(7)
    for (let length = 0; length < whole.length; length++)
      expect(wireErrorOf(() => decodeCommandFinished(whole.subarray(0, length)))).toBe('wire.truncated')
  })

  it('answers damaged bytes with typed errors', () => {
    expectOnlyWireErrors(decodeCommandFinished, damaged(gobFromGo('CommandFinished 7')))
  })
})
