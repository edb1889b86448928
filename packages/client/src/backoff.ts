/** Shortest and longest pause between two tries, in milliseconds, before it is spread. */
export const FIRST_PAUSE_MS = 200
export const LONGEST_PAUSE_MS = 10_000
/** A registry that asks to wait longer than this is not waited for. */
export const LONGEST_RETRY_AFTER_MS = 30_000

/**
 * How long to wait before try number `attempt` (1 is the second try): doubling, spread over its upper half so that
 * many clients do not come back in the same instant, and never shorter than what the registry asked for.
 *
 * @param random a number from 0 to 1
 */
export function pauseBefore(attempt: number, random: number, retryAfterMs = 0): number {
  const doubled = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
  return Math.max(doubled / 2 + (doubled / 2) * random, retryAfterMs)
}

/** Reads a `Retry-After` header: seconds or a date. Undefined when it says nothing that can be used. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
