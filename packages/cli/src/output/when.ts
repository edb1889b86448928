const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** A time of the registry (RFC 3339) for people: UTC, to the minute. */
export function when(time: string): string {
  const at = new Date(time)
  return Number.isNaN(at.getTime()) ? time : `${at.toISOString().slice(0, 16).replace('T', ' ')}Z`
}

/** A span in its largest unit, such as `3 days` or `6 min`. */
export function span(milliseconds: number): string {
  const length = Math.max(0, milliseconds)
  const [unit, size] = units.find(([, each]) => length >= each) ?? (['s', 1000] as const)
  const count = Math.floor(length / size)
  return `${count} ${unit}${unit === 'day' && count !== 1 ? 's' : ''}`
}

/** How long ago a time of the registry was. */
export function ago(time: string, now: number): string {
  return `${span(now - Date.parse(time))} ago`
}
