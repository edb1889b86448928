import type { Score } from '../domain/osv.ts'

/** Vectors whose scores are remembered: a few hundred make up nearly all there are. */
const remembered = 10_000
const longestVector = 512

let loading: Promise<Score> | undefined

/** What reckons scores of CVSS 2 to 4. It takes its time to load, so that only an import does. */
export function loadScore(): Promise<Score> {
  loading ??= load()
  return loading
}

async function load(): Promise<Score> {
  const { fromVector } = (await import('ae-cvss-calculator')).default
  const known = new Map<string, number | undefined>()
  return (vector) => {
    if (vector.length > longestVector) return undefined
    if (known.has(vector)) return known.get(vector)
    const overall = fromVector(vector)?.calculateScores().overall
    const score = typeof overall === 'number' && Number.isFinite(overall) ? overall : undefined
    if (known.size >= remembered) known.clear()
    known.set(vector, score)
    return score
  }
}
