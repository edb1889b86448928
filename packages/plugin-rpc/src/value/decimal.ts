import { type Numeral, numeralText } from '@ingot/cty'

/** A number as mantissa × 2^exponent, the mantissa odd. */
export interface Binary {
  readonly mantissa: bigint
  readonly exponent: number
}

/** A number as digits ÷ 10^scale, the scale not negative. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export function decimalOf(numeral: Numeral): Decimal {
  const [whole = '', fraction = ''] = numeralText(numeral).split('.')
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

/** The number in binary where that is exact (1.5), else undefined (0.1). The number is not zero. */
export function exactBinary({ digits, scale }: Decimal): Binary | undefined {
  const fives = 5n ** BigInt(scale)
  return digits % fives === 0n ? oddMantissa(digits / fives, -scale) : undefined
}

/** Moves the factors of two from a mantissa that is not zero to the exponent. */
export function oddMantissa(mantissa: bigint, exponent: number): Binary {
  const twos = bitLength(mantissa & -mantissa) - 1
  return { mantissa: mantissa >> BigInt(twos), exponent: exponent + twos }
}

export function bitLength(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length
}
