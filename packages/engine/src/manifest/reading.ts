/** One JSON object, read member by member with its types checked; absent and null lists and maps read as empty. */
export class Reading {
  readonly value: Readonly<Record<string, unknown>>
  readonly #place: string
  readonly #refuse: (why: string) => Error

  /** @param place how errors call it; `refuse` makes the error for what is wrong there. */
  constructor(value: unknown, place: string, refuse: (why: string) => Error) {
    if (!isRecord(value)) throw refuse(`${place} is not a JSON object`)
    this.value = value
    this.#place = place
    this.#refuse = refuse
  }

  has(name: string): boolean {
    return this.#at(name) !== undefined
  }

  string(name: string): string {
    const text = this.#at(name)
    if (typeof text !== 'string') throw this.#wrong(name, 'a text')
    return text
  }

  optionalString(name: string): string | undefined {
    return this.has(name) ? this.string(name) : undefined
  }

  /** A whole number; 0 where it is absent. */
  integer(name: string): number {
    const number = this.#at(name) ?? 0
    if (!Number.isSafeInteger(number)) throw this.#wrong(name, 'a whole number')
    return number as number
  }

  strings(name: string): Readonly<Record<string, string>> {
    const map = this.#at(name) ?? {}
    if (!isRecord(map)) throw this.#wrong(name, 'a JSON object')
    const odd = Object.keys(map).find((key) => typeof map[key] !== 'string')
    if (odd !== undefined) throw this.#wrong(`${name}.${odd}`, 'a text')
    return map as Readonly<Record<string, string>>
  }

  stringList(name: string): readonly string[] {
    const items = this.#items(name)
    if (items.some((item) => typeof item !== 'string')) throw this.#wrong(name, 'a list of texts')
    return items as readonly string[]
  }

  list(name: string): readonly Reading[] {
    return this.#items(name).map((item, place) => new Reading(item, `"${name}[${place}]"`, this.#refuse))
  }

  object(name: string): Reading {
    return new Reading(this.#at(name), `"${name}"`, this.#refuse)
  }

  optional(name: string): Reading | undefined {
    return this.has(name) ? this.object(name) : undefined
  }

  #items(name: string): readonly unknown[] {
    const items = this.#at(name) ?? []
    if (!Array.isArray(items)) throw this.#wrong(name, 'a list')
    return items
  }

  #at(name: string): unknown {
    return Object.hasOwn(this.value, name) ? (this.value[name] ?? undefined) : undefined
  }

  #wrong(name: string, wanted: string): Error {
    return this.#refuse(`"${name}" in ${this.#place} is not ${wanted}`)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
