/** The word that was most likely meant, if one is near enough: a few letters added, lost, changed or swapped. */
export function closest(word: string, words: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.min(3, Math.floor(word.length / 3)))
  let best: { readonly word: string; readonly distance: number } | undefined
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > limit) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { word: candidate, distance }
    }
  }
  return best?.word
}

/** Longer words are no misspelt names, and would cost time. */
const LONGEST = 100

function editDistance(from: string, to: string): number {
  if (from.length > LONGEST || to.length > LONGEST) return from === to ? 0 : Number.POSITIVE_INFINITY
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const costs = [row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1)]
      next[j] = Math.min(...costs, swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY)
    }
    before = row
    row = next
  }
  return row[to.length]!
}
