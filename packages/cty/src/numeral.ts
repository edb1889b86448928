import { CtyError, excerpt } from './error.ts'
import { MAX_NUMBER_DIGITS } from './limits.ts'
import type { Numeral } from './value.ts'

const decimalNotation = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

// A generous bound on the notation itself, so that no pattern runs over megabytes.
const maxNotation = 2 * MAX_NUMBER_DIGITS

/** A number taken apart: ± digits × 10^exponent, digits without zeros at either end (none at all for zero). */
interface Parts {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/**
 * Reads decimal notation (`42`, `-1.50`, `.5`, `6e23`) without loss, into normal form.
 *
 * @throws CtyError `bad-number` when it is none, `too-large` when written out it exceeds {@link MAX_NUMBER_DIGITS} digits.
 * @example
 * parseNumeral('1.50') // → 1.5
 * parseNumeral('18446744073709551615') // → 18446744073709551615n
 * parseNumeral('0.1000000000000000000001') // → { decimal: '0.1000000000000000000001' }
 */
export function parseNumeral(text: string): Numeral {
  return fromParts(partsOf(text))
}

/**
 * The one form of a number: a JavaScript number for safe integers and for fractions that print back the same,
 * a bigint for larger integers, plain decimal text for all else. A fractional JavaScript number stands for the
 * decimal it prints as, so `0.1` is one tenth.
 *
 * @throws CtyError `bad-number` for NaN and infinities, which HCL cannot write.
 */
export function normalNumeral(numeral: Numeral): Numeral {
  if (typeof numeral === 'object') return parseNumeral(numeral.decimal)
  if (typeof numeral === 'bigint') return safeInteger(bounded(numeral))
  if (Number.isInteger(numeral)) return safeInteger(BigInt(numeral))
  return parseNumeral(String(numeral))
}

/**
 * Prints a number in plain decimal, without exponent, as Go's cty does in JSON and in strings.
 *
 * @example
 * numeralText(1e-7) // → '0.0000001'
 */
export function numeralText(numeral: Numeral): string {
  const normal = normalNumeral(numeral)
  if (typeof normal === 'object') return normal.decimal
  if (typeof normal === 'bigint' || Number.isInteger(normal)) return String(normal)
  return plain(partsOf(String(normal)))
}

/** The nearest JavaScript number; loses digits where there are more than a double holds. */
export function numeralToNumber(numeral: Numeral): number {
  return typeof numeral === 'object' ? Number(numeral.decimal) : Number(numeral)
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; exact. */
export function compareNumerals(a: Numeral, b: Numeral): number {
  const left = normalNumeral(a)
  const right = normalNumeral(b)
  if (typeof left !== 'object' && typeof right !== 'object') return left < right ? -1 : left > right ? 1 : 0
  const [x, y] = scaled(partsOf(numeralText(left)), partsOf(numeralText(right)))
  return x < y ? -1 : x > y ? 1 : 0
}

function scaled(a: Parts, b: Parts): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent)
  const whole = (parts: Parts): bigint =>
    BigInt(`${parts.digits || '0'}${'0'.repeat(parts.exponent - exponent)}`) * (parts.negative ? -1n : 1n)
  return [whole(a), whole(b)]
}

function partsOf(text: string): Parts {
  if (text.length > maxNotation) throw tooLarge()
  const match = decimalNotation.exec(text)
  const [, sign, whole = '', fraction = '', exponent = '0'] = match ?? []
  if (match === null || whole + fraction === '') {
    throw new CtyError(
      'bad-number',
      `a number is required, such as 42 or 1.5, not ${JSON.stringify(excerpt(text))}`,
    )
  }
  const significant = (whole + fraction).replace(/^0+/, '')
  const digits = trimZeros(significant)
  if (digits === '') return { negative: false, digits, exponent: 0 }
  const shift = significant.length - digits.length - fraction.length + Number(exponent)
  return { negative: sign === '-', digits, exponent: shift }
}

// Not a pattern: /0+$/ takes quadratic time on long runs of inner zeros.
function trimZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

function fromParts(parts: Parts): Numeral {
  const text = plain(parts)
  if (parts.exponent >= 0) return safeInteger(BigInt(text))
  const nearest = Number(text)
  return plain(partsOf(String(nearest))) === text ? nearest : { decimal: text }
}

function plain({ negative, digits, exponent }: Parts): string {
  const sign = negative ? '-' : ''
  if (Math.max(digits.length + exponent, -exponent, digits.length) > MAX_NUMBER_DIGITS) throw tooLarge()
  if (digits === '') return '0'
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent)
  const padded = digits.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

function safeInteger(integer: bigint): Numeral {
  const small = Number(integer)
  return Number.isSafeInteger(small) ? small : integer
}

function bounded(integer: bigint): bigint {
  if (integer > largest || integer < -largest) throw tooLarge()
  return integer
}

const largest = 10n ** BigInt(MAX_NUMBER_DIGITS) - 1n

function tooLarge(): CtyError {
  return new CtyError('too-large', `the number has more than ${MAX_NUMBER_DIGITS} digits; round it`)
}
