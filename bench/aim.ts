import type { Aim, Reading, Unit } from './figure.ts'
import { spread } from './statistics.ts'

export interface Verdict {
  readonly met: boolean
  /** The aim in words, and what was reached where that is not the median itself. */
  readonly text: string
}

export function verdict(reading: Reading): Verdict | undefined {
  const { aim } = reading
  if (!aim) return
  const reached = reachedOf(aim, reading)
  const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = aim
  const met = reached <= atMost && reached >= atLeast
  return { met, text: words(aim, reading, reached) }
}

function reachedOf({ of }: Aim, { samples, peers }: Reading): number {
  const { median } = spread(samples)
  if (of === 'value') return median
  const peer = spread(peers![0]!.samples).median
  return of === 'share' ? median / peer : median - peer
}

function words(aim: Aim, { unit, peers }: Reading, reached: number): string {
  const limit = aim.atMost ?? aim.atLeast!
  const sign = aim.atMost === undefined ? '≥' : '≤'
  if (aim.of === 'value') return `${sign} ${amount(limit, unit)}`
  const peer = peers![0]!.name
  if (aim.of === 'share') return `${sign} ${percent(limit)} of ${peer}; it is ${percent(reached)}`
  return `${sign} ${amount(limit, unit)} over ${peer}; it is ${amount(reached, unit)}`
}

/** A number with three digits that count, and its unit. */
export function amount(value: number, unit: Unit): string {
  const size = Math.abs(value)
  const digits = size >= 100 || (unit === '' && Number.isInteger(value)) ? 0 : size >= 10 ? 1 : 2
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return unit === '/s' ? `${text}/s` : `${text} ${unit}`.trim()
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
