/** What a measurement gave over several runs. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spread(samples: readonly number[]): Spread {
  const sorted = samples.toSorted((a, b) => a - b)
  return { median: percentile(sorted, 50), min: sorted[0]!, max: sorted.at(-1)! }
}

/** The smallest sample that no fewer than so many percent are at or below; samples in ascending order. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!
}
