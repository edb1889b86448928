/** How bad, from the least known to the worst; their places are what rows keep and lists sort by. */
export const criticalities = ['Unknown', 'Low', 'Medium', 'High', 'Critical'] as const

/** The place of a word that somebody wrote, whatever its case. */
export function rankOf(word: string): number | undefined {
  const place = criticalities.findIndex((known) => known.toLowerCase() === word.trim().toLowerCase())
  return place < 0 ? undefined : place
}

/** The ratings of https://www.first.org/cvss/v3.1/specification-document#Qualitative-Severity-Rating-Scale. */
export function rankOfScore(score: number): number {
  if (score >= 9) return 4
  if (score >= 7) return 3
  if (score >= 4) return 2
  return score > 0 ? 1 : 0
}

const synonyms: Readonly<Record<string, number>> = {
  important: 3,
  moderate: 2,
  negligible: 1,
  unimportant: 1,
  minor: 1,
}

/** The place of a distribution's own word: `Important`, `MODERATE`, `negligible`. */
export function rankOfWord(word: string): number | undefined {
  const key = word.trim().toLowerCase()
  return rankOf(key) ?? (Object.hasOwn(synonyms, key) ? synonyms[key] : undefined)
}
