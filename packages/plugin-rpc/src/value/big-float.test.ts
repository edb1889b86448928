import { compareNumerals, type Numeral, normalNumeral, parseNumeral } from '@ingot/cty'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOnlyWireErrors, wireErrorOf } from '../../test/only-wire-errors.ts'
import { hex, toHex } from '../../test/samples.ts'
import { decodeBigFloat, encodeBigFloat } from './big-float.ts'
import { MAX_FLOAT_EXPONENT, MAX_FLOAT_PRECISION } from './limits.ts'

/** One tenth as Go parses it: 512 bits, rounded up. */
const TENTH = `0112 00000200 fffffffd ${'cc'.repeat(63)}cd`

const numeral: fc.Arbitrary<Numeral> = fc
  .oneof(
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(2n ** 512n) + 1n, max: 2n ** 512n - 1n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.stringMatching(/^-?[1-9]\d{0,70}\.\d{1,80}$/).map((decimal) => ({ decimal })),
  )
  .map(normalNumeral)

describe('a number as big.Float', () => {
  it.each<[Numeral, string]>([
    [42, '010a 00000040 00000006 a800000000000000'],
    [1.5, '010a 00000035 00000001 c000000000000000'],
    [-7, '010b 00000040 00000003 e000000000000000'],
    [0, '0108 00000040'],
    [0.1, TENTH],
  ])('is written and read byte for byte as Go does: %s', (number, bytes) => {
    expect(toHex(encodeBigFloat(number))).toBe(toHex(hex(bytes)))
    expect(decodeBigFloat(hex(bytes))).toBe(number)
  })

  it('comes back the same within the 512 bits that Go keeps', () => {
    fc.assert(
      fc.property(numeral, (number) => {
        expect(compareNumerals(decodeBigFloat(encodeBigFloat(number)), number)).toBe(0)
      }),
    )
  })

  it('is rounded to the nearest where it has more than 512 bits, to the even one between two', () => {
    const even = 2n ** 600n
    const last = 2n ** (600n - 511n)
    const bits = (number: bigint) => toHex(encodeBigFloat(number)).slice(20)
    expect(bits(even + last / 2n)).toBe(bits(even))
    expect(bits(even + last / 2n + 1n)).toBe(bits(even + last))
    expect(bits(even + last + last / 2n)).toBe(bits(even + 2n * last))
  })

  it('tells on which side of the true number it lies, like Go', () => {
    expect(encodeBigFloat(0.1)[1]).toBe(0x12)
    expect(encodeBigFloat(-0.1)[1]).toBe(0x03)
    expect(encodeBigFloat(0.000001234)[1]).toBe(0x02)
  })

  it('is read as the shortest decimal with the same bits', () => {
    // 0.1 with the 53 bits of a double, and with the 24 of a single.
    expect(decodeBigFloat(hex('010a 00000035 fffffffd ccccccccccccd000'))).toBe(0.1)
    expect(decodeBigFloat(hex('010a 00000018 fffffffd cccccd0000000000'))).toBe(0.1)
    expect(decodeBigFloat(hex('010a 00000200 fffffffd ccccccccccccd000'))).toEqual({
      decimal: '0.1000000000000000055511151231257827021181583404541015625',
    })
    expect(decodeBigFloat(encodeBigFloat(parseNumeral('1e300')))).toBe(10n ** 300n)
  })

  it('is zero when Go wrote none', () => {
    expect(decodeBigFloat(new Uint8Array())).toBe(0)
    expect(decodeBigFloat(hex('0109 00000040'))).toBe(0)
  })

  it('may have only so large an exponent and so many bits', () => {
    const finite = (precision: number, exponent: number, words = 1) => {
      const bytes = Buffer.alloc(10 + 8 * words, 0xff)
      bytes.set([1, 0x0a])
      bytes.writeUInt32BE(precision, 2)
      bytes.writeInt32BE(exponent, 6)
      return () => decodeBigFloat(bytes)
    }
    expect(finite(MAX_FLOAT_PRECISION, MAX_FLOAT_EXPONENT)).not.toThrow()
    for (const exponent of [MAX_FLOAT_EXPONENT + 1, -MAX_FLOAT_EXPONENT - 1, 2 ** 31 - 1, -(2 ** 31)])
      expect(wireErrorOf(finite(64, exponent))).toBe('wire.limit')
    expect(wireErrorOf(finite(MAX_FLOAT_PRECISION + 1, 0))).toBe('wire.limit')
    expect(wireErrorOf(finite(64, 0, MAX_FLOAT_PRECISION / 64 + 1))).toBe('wire.limit')
  })

  it.each([
    ['wire.unsupported', 'infinite', '010c 00000040'],
    ['wire.malformed', 'of another version', '020a 00000040 00000006 a800000000000000'],
    ['wire.malformed', 'cut short', '010a 000000'],
    ['wire.malformed', 'without mantissa', '010a 00000040 00000006'],
  ])('is %s when it is %s', (code, _, bytes) => {
    expect(wireErrorOf(() => decodeBigFloat(hex(bytes)))).toBe(code)
  })

  it('answers any bytes with typed errors', () => {
    const tail = fc.uint8Array({ maxLength: 24 })
    const head = fc.constantFrom(
      hex('010a 000000'),
      hex('0112 00000200 ffff'),
      hex('010a 00000040 0000'),
      hex(''),
    )
    expectOnlyWireErrors(
      decodeBigFloat,
      fc.tuple(head, tail).map(([start, end]) => Uint8Array.from([...start, ...end])),
    )
  })
})
