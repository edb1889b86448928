/**
 * A value as a string, in the way of Go's mapstructure 1.5 with weak types: numbers in plain decimal, true as `1`,
 * false as `0`, bytes as UTF-8, nothing as the empty string. Undefined where it makes no string: maps and lists.
 */
export function weakString(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return decimal(value)
  return value instanceof Uint8Array ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(value) : undefined
}

/** Go's `FormatFloat(n, 'f', -1, 64)`: the shortest digits that name the double, without exponent. */
function decimal(n: number): string {
  if (n === Number.POSITIVE_INFINITY) return '+Inf'
  if (n === Number.NEGATIVE_INFINITY) return '-Inf'
  if (Object.is(n, -0)) return '-0'
  const [mantissa = '', exponent = '0'] = String(n).split('e')
  return exponent === '0' ? mantissa : shift(mantissa, Number(exponent))
}

function shift(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.')
  if (exponent > 0) return sign + (whole + fraction).padEnd(whole.length + exponent, '0')
  return `${sign}0.${'0'.repeat(-exponent - whole.length)}${whole}${fraction}`
}
