/** Stretches of a text: from, and up to. */
export type Ranges = readonly (readonly [from: number, to: number])[]

/** What lies in both. */
export function within(some: Ranges, others: Ranges): Ranges {
  return some.flatMap(([from, to]) =>
    others
      .map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const)
      .filter(([start, end]) => start < end),
  )
}

/** Characters that they have together. */
export function size(ranges: Ranges): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from, 0)
}
