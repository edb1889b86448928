import { type Numeral, normalNumeral, parseNumeral } from '@ingot/cty'
import { WireError } from '../wire-error.ts'
import { type Binary, bitLength, type Decimal, decimalOf, exactBinary, oddMantissa } from './decimal.ts'
import { MAX_FLOAT_EXPONENT, MAX_FLOAT_PRECISION } from './limits.ts'
import { shortestDecimal } from './shortest-decimal.ts'

/*
 * Go's big.Float in gob: version, one byte of flags, precision in bits, and for a finite number its exponent and its
 * mantissa in words of 64 bits, highest first, those at the end left out that are zero. The number is
 * 0.mantissa × 2^exponent, the highest bit of the mantissa set.
 */
const VERSION = 1
const HEAD = 6
const FORM = { zero: 0, finite: 1 } as const
/** What Go parses decimals with, and so what a decimal must be rounded to for Go to find it equal to its own. */
const PARSED_PRECISION = 512
const WORD = 64
const DOUBLE_PRECISION = 53

/** A mantissa as kept, and on which side of the true number it lies. */
interface Rounded extends Binary {
  readonly precision: number
  readonly accuracy: -1 | 0 | 1
}

/** A number as Go's `big.Float`. One that no binary holds exactly, such as 0.1, gets the 512 bits that go-cty gives it. */
export function encodeBigFloat(numeral: Numeral): Uint8Array {
  const decimal = decimalOf(numeral)
  if (decimal.digits === 0n) return head(FORM.zero, WORD, { negative: false, accuracy: 0 })
  const negative = decimal.digits < 0n
  const size = { digits: negative ? -decimal.digits : decimal.digits, scale: decimal.scale }
  const { mantissa, exponent, precision, accuracy } = binaryOf(size)
  const bits = bitLength(mantissa)
  const words = mantissa << BigInt((WORD - (bits % WORD)) % WORD)
  const tail = Buffer.alloc(4)
  tail.writeInt32BE(bits + exponent)
  return Buffer.concat([
    head(FORM.finite, precision, { negative, accuracy }),
    tail,
    Buffer.from(words.toString(16).padStart(Math.ceil(bits / WORD) * 16, '0'), 'hex'),
  ])
}

function head(form: number, precision: number, at: { negative: boolean; accuracy: number }): Uint8Array {
  const bytes = Buffer.alloc(HEAD)
  bytes[0] = VERSION
  // An accuracy is that of the signed number: what is too far from zero on its negative side is below.
  const accuracy = at.negative ? -at.accuracy : at.accuracy
  bytes[1] = ((accuracy + 1) << 3) | (form << 1) | (at.negative ? 1 : 0)
  bytes.writeUInt32BE(precision, 2)
  return bytes
}

function binaryOf(decimal: Decimal): Rounded {
  const exact = exactBinary(decimal)
  if (!exact || bitLength(exact.mantissa) > PARSED_PRECISION) return rounded(decimal)
  return { ...exact, precision: precisionFor(exact), accuracy: 0 }
}

// As Go chooses: 64 bits for an integer, 53 for a double, and where they do not do, those of its parser.
function precisionFor({ mantissa, exponent }: Binary): number {
  const bits = bitLength(mantissa) + Math.max(exponent, 0)
  const usual = exponent < 0 ? DOUBLE_PRECISION : WORD
  return bits <= usual ? usual : Math.max(PARSED_PRECISION, Math.ceil(bits / WORD) * WORD)
}

/** The nearest number with 512 bits, of two equally near the even one. */
function rounded({ digits, scale }: Decimal): Rounded {
  const divisor = 10n ** BigInt(scale)
  const shift = Math.max(PARSED_PRECISION + 2 + bitLength(divisor) - bitLength(digits), 0)
  const dividend = digits << BigInt(shift)
  const quotient = dividend / divisor
  const spare = BigInt(bitLength(quotient) - PARSED_PRECISION)
  const kept = quotient >> spare
  const isUp = roundsUp({ dividend, divisor, kept, spare })
  const binary = oddMantissa(kept + (isUp ? 1n : 0n), Number(spare) - shift)
  return { ...binary, precision: PARSED_PRECISION, accuracy: isUp ? 1 : -1 }
}

function roundsUp(at: { dividend: bigint; divisor: bigint; kept: bigint; spare: bigint }): boolean {
  const half = at.divisor << (at.spare - 1n)
  const rest = at.dividend - at.kept * (half << 1n)
  return rest > half || (rest === half && (at.kept & 1n) === 1n)
}

/**
 * Reads a `big.Float`: integers within its precision exactly, all else as the shortest decimal that has the same bits.
 *
 * @throws WireError `wire.limit` for more bits or a larger exponent than `limits.ts` allows, `wire.unsupported` for
 * infinities.
 */
export function decodeBigFloat(bytes: Uint8Array): Numeral {
  const { negative, precision, number } = parse(bytes)
  if (!number) return 0
  const { mantissa, exponent } = number
  if (exponent >= 0 && bitLength(mantissa) + exponent <= precision) {
    const integer = mantissa << BigInt(exponent)
    return normalNumeral(negative ? -integer : integer)
  }
  return parseNumeral((negative ? '-' : '') + shortestDecimal(number, precision))
}

function parse(bytes: Uint8Array): { negative: boolean; precision: number; number: Binary | undefined } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Go writes a missing number as nothing, and reads that as zero.
  if (bytes.length === 0) return { negative: false, precision: 0, number: undefined }
  if (bytes.length < HEAD || bytes[0] !== VERSION) throw malformed('has another version or is cut short')
  const form = (bytes[1]! >> 1) & 3
  if (form > FORM.finite)
    throw new WireError('wire.unsupported', 'A number is infinite, which HCL cannot say.')
  const precision = view.getUint32(2)
  const negative = (bytes[1]! & 1) === 1
  return { negative, precision, number: form === FORM.zero ? undefined : finite(view, precision) }
}

function finite(view: DataView, precision: number): Binary | undefined {
  if (view.byteLength <= HEAD + 4) throw malformed('has no mantissa')
  const exponent = view.getInt32(HEAD)
  const mantissa = new Uint8Array(view.buffer, view.byteOffset + HEAD + 4, view.byteLength - HEAD - 4)
  if (precision > MAX_FLOAT_PRECISION || mantissa.length * 8 > MAX_FLOAT_PRECISION)
    throw new WireError('wire.limit', `A number has more than ${MAX_FLOAT_PRECISION} bits.`)
  if (Math.abs(exponent) > MAX_FLOAT_EXPONENT)
    throw new WireError('wire.limit', `A number is beyond 2^±${MAX_FLOAT_EXPONENT}.`)
  const integer = BigInt(`0x${Buffer.from(mantissa).toString('hex')}`)
  return integer === 0n ? undefined : oddMantissa(integer, exponent - mantissa.length * 8)
}

function malformed(complaint: string): WireError {
  return new WireError('wire.malformed', `A number in gob ${complaint}.`)
}
