import { type Binary, bitLength } from './decimal.ts'

/**
 * The shortest decimal that reads back as the same number at a precision of so many bits: one tenth kept with 512 bits
 * is `0.1`, not its 514 digits. As Go prints numbers.
 *
 * @param number positive
 * @returns decimal notation with an exponent, such as `1e-1`
 */
export function shortestDecimal({ mantissa, exponent }: Binary, precision: number): string {
  const spare = Math.max(precision - bitLength(mantissa), 0)
  const full = mantissa << BigInt(spare)
  // In quarters of the last bit: the number, and how far one may go without meeting the next one half-way.
  const lift = BigInt(Math.max(exponent - spare - 2, 0))
  const last = 1n << lift
  const quarters = (4n * full) << lift
  const isPowerOfTwo = (full & (full - 1n)) === 0n
  const shift = Math.max(spare + 2 - exponent, 0)

  const scale = Math.ceil(shift * Math.log10(2)) + 1
  const tens = 10n ** BigInt(scale)
  const low = (((quarters - (isPowerOfTwo ? last : 2n * last)) * tens) >> BigInt(shift)) + 1n
  const high = ((quarters + 2n * last) * tens - 1n) >> BigInt(shift)

  const dropped = roundestWithin(low, high)
  const unit = 10n ** BigInt(dropped)
  const digits = nearestMultiple({ number: quarters * tens, one: 1n << BigInt(shift), unit, low, high })
  return `${digits}e${dropped - scale}`
}

/** How many zeros the roundest integer between the two has at its end. */
function roundestWithin(low: bigint, high: bigint): number {
  const [from, to] = [String(low).padStart(String(high).length, '0'), String(high)]
  const shared = [...to].findIndex((digit, index) => digit !== from[index])
  let zeros = shared === -1 ? 0 : to.length - shared - 1
  while (high - (high % 10n ** BigInt(zeros + 1)) >= low) zeros++
  return zeros
}

function nearestMultiple(at: {
  number: bigint
  one: bigint
  unit: bigint
  low: bigint
  high: bigint
}): bigint {
  const step = at.unit * at.one
  const nearest = (2n * at.number + step) / (2n * step)
  if (nearest * at.unit < at.low) return nearest + 1n
  return nearest * at.unit > at.high ? nearest - 1n : nearest
}
