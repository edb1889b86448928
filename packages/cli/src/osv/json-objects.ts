import { UserError } from '../explain.ts'

/** Bytes of one advisory; the largest there are have some megabytes. */
export const MAX_ADVISORY_BYTES = 8 * 1024 * 1024

/** A JSON object of a file, and where it begins: `FILE, line 12`. */
export interface Found {
  readonly where: string
  readonly value: unknown
  /** Of its text, in bytes. */
  readonly size: number
}

const [quote, backslash, open, close, newline] = [0x22, 0x5c, 0x7b, 0x7d, 0x0a]
/** What may stand between objects: whitespace, commas, the brackets of one list. */
const between = new Set([0x20, 0x09, 0x0d, newline, 0x2c, 0x5b, 0x5d])
const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * The objects of a JSON array, of JSON lines, or of a file that is one object, as they stream by: no more than one is held.
 *
 * @throws UserError that names the line of what is no JSON
 */
export async function* jsonObjects(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Found> {
  const scan = new Scan(file)
  for await (const chunk of chunks) yield* scan.take(chunk)
  scan.end()
}

class Scan {
  readonly #file: string
  #line = 1
  #begin = 1
  #depth = 0
  #inText = false
  #escaped = false
  #pieces: Uint8Array[] = []
  #size = 0
  #first = true

  constructor(file: string) {
    this.#file = file
  }

  *take(chunk: Uint8Array): Generator<Found> {
    const marked = this.#first && byteOrderMark.every((byte, place) => chunk[place] === byte)
    this.#first = false
    let start = 0
    for (let place = marked ? 3 : 0; place < chunk.length; place++) {
      const byte = chunk[place]!
      if (byte === newline) this.#line++
      if (this.#depth === 0) {
        if (between.has(byte)) continue
        if (byte !== open) throw this.#broken(this.#line, 'there is no JSON object')
        this.#depth = 1
        this.#begin = this.#line
        start = place
      } else if (this.#step(byte)) {
        yield this.#found(chunk.subarray(start, place + 1))
      }
    }
    if (this.#depth > 0) this.#keep(chunk.subarray(start))
  }

  end(): void {
    if (this.#depth > 0) throw this.#broken(this.#begin, 'the JSON object that begins there does not end')
  }

  /** Goes over a byte inside of an object; tells whether it ends it. */
  #step(byte: number): boolean {
    if (this.#inText) {
      if (byte === newline) throw this.#broken(this.#begin, 'a text does not end on its line')
      if (this.#escaped) this.#escaped = false
      else if (byte === backslash) this.#escaped = true
      else if (byte === quote) this.#inText = false
      return false
    }
    if (byte === quote) this.#inText = true
    else if (byte === open) this.#depth++
    else if (byte === close) this.#depth--
    return this.#depth === 0
  }

  #keep(piece: Uint8Array): void {
    this.#size += piece.length
    if (this.#size > MAX_ADVISORY_BYTES)
      throw this.#broken(
        this.#begin,
        `the JSON object that begins there takes more than ${MAX_ADVISORY_BYTES} bytes`,
      )
    this.#pieces.push(Uint8Array.from(piece))
  }

  #found(last: Uint8Array): Found {
    this.#keep(last)
    const text = Buffer.concat(this.#pieces).toString()
    const found = { where: `${this.#file}, line ${this.#begin}`, value: this.#parse(text), size: this.#size }
    this.#pieces = []
    this.#size = 0
    return found
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw this.#broken(this.#begin, error instanceof Error ? error.message : String(error))
    }
  }

  #broken(line: number, problem: string): UserError {
    return new UserError(`${this.#file}, line ${line}: no JSON (${problem}).`)
  }
}
