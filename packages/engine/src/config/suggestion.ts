/** The known name that was probably meant: at most two letters wrong, missing, too many or swapped. */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const near = known
    .map((each) => ({ each, distance: distance(name, each) }))
    .filter((it) => it.distance <= 2)
  return near.sort((a, b) => a.distance - b.distance)[0]?.each
}

/** Edits between two names; more than two are told as three. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  let before = row
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : 3
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return Math.min(row[b.length] ?? 0, 3)
}
