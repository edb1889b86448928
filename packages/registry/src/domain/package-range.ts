import { Refusal } from './refusal.ts'
import type { VersionOrder } from './version-order/order.ts'

type Sign = '=' | '<' | '<=' | '>' | '>='
/** All of a list, for one of the lists. */
export type PackageRange = readonly (readonly (readonly [Sign, string])[])[]

/** Comparisons of a range. */
const mostTerms = 32

/**
 * Reads versions such as `>=3.0.0 <3.0.8`, `<1.2 || =2.0`, `3.0.7`: comparisons that all hold, several sets of them split by `||`.
 * An empty text means every version.
 */
export function readRange(value: string): PackageRange | Refusal {
  if (value.trim() === '') return []
  const sets = value.split('||', mostTerms + 1).map((set) => set.match(/[^\s,]+/g) ?? [])
  const joined = sets.map((words) => joinSigns(words))
  const terms = joined.map((words) => words.map((word) => /^(<=|>=|==|=|<|>)?([^\s<>=]+)$/.exec(word)))
  if (terms.some((set) => set.length === 0 || set.some((term) => !term)) || terms.flat().length > mostTerms)
    return new Refusal('name.malformed', {
      ...{ field: 'range', value },
      rule: `at most ${mostTerms} comparisons such as ">=3.0.0 <3.0.8", sets of them joined by "||"`,
    })
  return terms.map((set) =>
    set.map((term) => [term![1] === '==' ? '=' : ((term![1] ?? '=') as Sign), term![2]!] as const),
  )
}

/** `>= 3` is `>=3`. */
function joinSigns(words: readonly string[]): readonly string[] {
  return words
    .join(' ')
    .replace(/([<>=]) +/g, '$1')
    .split(' ')
    .filter((word) => word !== '')
}

export function isInRange(version: string, range: PackageRange, order: VersionOrder): boolean {
  if (range.length === 0) return true
  return range.some((set) => set.every(([sign, limit]) => holds(sign, order(version, limit))))
}

function holds(sign: Sign, order: number): boolean {
  if (order === 0) return sign.includes('=')
  return order < 0 ? sign.startsWith('<') : sign.startsWith('>')
}
