/** A span of time: Go's writing, as in `1h30m`, or milliseconds. */
export type Duration = string | number

const units: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ns: 1e-6,
}

const part = /(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/y

/**
 * Milliseconds of a duration in Go's writing: `1h30m`, `1.5s`, `-200ms`, `0`.
 * @throws RangeError when it is written otherwise.
 */
export function parseDuration(duration: Duration): number {
  if (typeof duration === 'number') return duration
  const milliseconds = read(duration)
  if (milliseconds === undefined) {
    throw new RangeError(`"${duration}" is not a duration: write it as in "90s", "5m" or "1h30m"`)
  }
  return milliseconds
}

function read(text: string): number | undefined {
  const negative = text.startsWith('-')
  const rest = /^[+-]/.test(text) ? text.slice(1) : text
  if (rest === '0') return 0
  if (rest === '') return
  let total = 0
  for (let at = 0; at < rest.length; at = part.lastIndex) {
    part.lastIndex = at
    const found = part.exec(rest)
    if (!found) return
    total += Number(found[1]) * units[found[2]!]!
  }
  return negative ? -total : total
}

/** The shortest of Go's writings of so many milliseconds: `1h30m`, `1.5s`, `200ms`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`
  if (milliseconds === 0) return '0s'
  if (milliseconds < 1) return `${milliseconds * 1000}us`
  if (milliseconds < 1000) return `${milliseconds}ms`
  const hours = Math.floor(milliseconds / units['h']!)
  const minutes = Math.floor((milliseconds % units['h']!) / units['m']!)
  const seconds = (milliseconds % units['m']!) / 1000
  return [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`].filter(Boolean).join('')
}
