import { fingerprint } from './fingerprint.ts'
import { isWhollyKnown } from './known.ts'
import { compareNumerals } from './numeral.ts'
import { byCodePoint } from './text.ts'
import { type Numeral, unknown, type Value } from './value.ts'

/** The members of a set: each once and in Go's order, known before unknown before null. */
export function setMembers(values: readonly Value[]): Value[] {
  const once = new Map<unknown, Value>()
  for (const value of values) {
    // What is unknown may turn out different from everything else, so it stays.
    const key = isWhollyKnown(value) ? fingerprint(value) : Symbol()
    if (!once.has(key)) once.set(key, value)
  }
  return [...once.values()].sort(compareMembers)
}

function compareMembers(a: Value, b: Value): number {
  const rank = placement(a) - placement(b)
  if (rank !== 0 || placement(a) > 0) return rank
  if (a.type.kind === 'string') return byCodePoint(a.content as string, b.content as string)
  if (a.type.kind === 'number') return compareNumerals(a.content as Numeral, b.content as Numeral)
  return byCodePoint(fingerprint(a), fingerprint(b))
}

const placement = ({ content }: Value): number => (content === null ? 2 : content === unknown ? 1 : 0)
