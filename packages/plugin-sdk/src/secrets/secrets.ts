/** What takes the place of a value that must not show. */
const SENSITIVE_TEXT = '<sensitive>'

/** A line of a longer secret is hidden by itself when it is at least so long; shorter ones occur anywhere. */
const SHORTEST_LINE = 8

/** Values that must not show in anything a plugin says or logs. */
export class Secrets {
  readonly #values = new Set<string>()
  #pattern: RegExp | undefined

  add(values: Iterable<string>): void {
    for (const value of values) {
      for (const each of [value, ...linesOf(value)]) if (each !== '') this.#values.add(each)
    }
    // The longest first: it may hold a shorter one.
    const longestFirst = [...this.#values].sort((a, b) => b.length - a.length)
    this.#pattern = longestFirst.length > 0 ? new RegExp(longestFirst.map(escaped).join('|'), 'g') : undefined
  }

  /** The text with every secret in it replaced. */
  hide(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, SENSITIVE_TEXT) : text
  }
}

/** A key of many lines is often shown line by line. */
function linesOf(value: string): string[] {
  if (!value.includes('\n')) return []
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_LINE)
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
