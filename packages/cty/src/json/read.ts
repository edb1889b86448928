import { CtyError } from '../error.ts'
import { MAX_JSON_DEPTH, MAX_JSON_LENGTH, MAX_JSON_VALUES } from '../limits.ts'

/** JSON as read: numbers keep their text, objects are maps so that no key is special. */
export type Json = null | boolean | string | JsonNumber | Json[] | Map<string, Json>

/** A number as it was written. */
export class JsonNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * Reads one JSON text without losing digits. Of equal keys the last counts, and bytes that are not UTF-8 become
 * U+FFFD, both as in Go.
 *
 * @throws CtyError `bad-json`, `too-deep` or `too-large`.
 */
export function readJson(source: string | Uint8Array): Json {
  if (source.length > MAX_JSON_LENGTH)
    throw new CtyError('too-large', `JSON of more than ${MAX_JSON_LENGTH} bytes`)
  const text =
    typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source)
  return new Reader(text).document()
}

const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

class Reader {
  readonly #text: string
  #at = 0
  #values = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Json {
    const json = this.#value(0)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#unexpected()
    return json
  }

  #value(depth: number): Json {
    if (depth > MAX_JSON_DEPTH)
      throw new CtyError('too-deep', `JSON nested more than ${MAX_JSON_DEPTH} levels`)
    if (++this.#values > MAX_JSON_VALUES)
      throw new CtyError('too-large', `JSON of more than ${MAX_JSON_VALUES} values`)
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #object(depth: number): Map<string, Json> {
    const members = new Map<string, Json>()
    this.#sequence('}', () => {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') throw this.#unexpected()
      const key = this.#string()
      if (!this.#take(':')) throw this.#unexpected()
      members.set(key, this.#value(depth + 1))
    })
    return members
  }

  #array(depth: number): Json[] {
    const items: Json[] = []
    this.#sequence(']', () => items.push(this.#value(depth + 1)))
    return items
  }

  #sequence(end: string, readItem: () => void): void {
    this.#at++
    if (this.#take(end)) return
    do readItem()
    while (this.#take(','))
    if (!this.#take(end)) throw this.#unexpected()
  }

  #string(): string {
    const start = this.#at
    this.#at = closingQuote(this.#text, start) + 1
    if (this.#at === 0)
      throw new CtyError('bad-json', `JSON ends inside the string that starts at character ${start}`)
    try {
      return JSON.parse(this.#text.slice(start, this.#at))
    } catch {
      throw new CtyError(
        'bad-json',
        `JSON has a bad escape or control character in the string at character ${start}`,
      )
    }
  }

  #number(): JsonNumber {
    number.lastIndex = this.#at
    const match = number.exec(this.#text)
    if (match === null) throw this.#unexpected()
    this.#at = number.lastIndex
    return new JsonNumber(match[0])
  }

  #word<T>(word: string, meaning: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected()
    this.#at += word.length
    return meaning
  }

  #take(character: string): boolean {
    this.#skipSpace()
    const found = this.#text[this.#at] === character
    if (found) this.#at++
    return found
  }

  #skipSpace(): void {
    space.lastIndex = this.#at
    space.test(this.#text)
    this.#at = space.lastIndex
  }

  #unexpected(): CtyError {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text[this.#at]) : 'the end'
    return new CtyError(
      'bad-json',
      `JSON has ${found} at character ${this.#at}, where something else must stand`,
    )
  }
}

/** The index of the quote that ends the string begun at `start`, or -1. */
function closingQuote(text: string, start: number): number {
  let quote = start
  do quote = text.indexOf('"', quote + 1)
  while (quote !== -1 && isEscaped(text, quote))
  return quote
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text[before - 1] === '\\') before--
  return (at - before) % 2 === 1
}
