import { Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { OUTPUT_LIMIT, OutputTooLongError } from './remote-machine.ts'

/** A line that is longer is shown in pieces of so many characters. */
const LINE_LIMIT = 65_536

/** Keeps what is written, up to {@link OUTPUT_LIMIT}; what follows is dropped, so that its sender need not wait. */
export class Kept extends Writable {
  /** Rejects when there is more. */
  readonly tooLong: Promise<never>
  readonly #chunks: Buffer[] = []
  readonly #what: string
  #refuse: (error: Error) => void = () => {}
  #length = 0

  /** `what` begins the message of the error that there is more. */
  constructor(what: string) {
    super()
    this.#what = what
    this.tooLong = new Promise<never>((_, reject) => {
      this.#refuse = reject
    })
    this.tooLong.catch(() => {})
  }

  override _write(chunk: Buffer, _: unknown, done: () => void): void {
    this.#length += chunk.length
    if (this.#length <= OUTPUT_LIMIT) this.#chunks.push(chunk)
    else this.#refuse(this.#error())
    done()
  }

  /** @throws OutputTooLongError */
  content(): Buffer {
    if (this.#length > OUTPUT_LIMIT) throw this.#error()
    return Buffer.concat(this.#chunks)
  }

  #error(): OutputTooLongError {
    return new OutputTooLongError(`${this.#what} is longer than ${OUTPUT_LIMIT} bytes`)
  }
}

/** Hands on line by line, waiting for each: without its end, and of what a progress bar wrote over only the last. */
export class Lines extends Writable {
  readonly #decoder = new StringDecoder('utf8')
  readonly #show: (line: string) => Promise<void>
  #begun = ''

  constructor(show: (line: string) => Promise<void>) {
    super()
    this.#show = show
  }

  override _write(chunk: Buffer, _: unknown, done: (error?: Error) => void): void {
    this.#take(chunk).then(() => done(), done)
  }

  async #take(chunk: Buffer): Promise<void> {
    const lines = (this.#begun + this.#decoder.write(chunk)).split('\n')
    this.#begun = lines.pop() ?? ''
    for (const line of lines) await this.#show(lastWritten(line))
    while (this.#begun.length > LINE_LIMIT) await this.#show(this.#cut())
  }

  /** Shows a last line without its end; the stream's owner may not end it. */
  async flush(): Promise<void> {
    const rest = this.#begun + this.#decoder.end()
    this.#begun = ''
    if (rest !== '') await this.#show(lastWritten(rest))
  }

  #cut(): string {
    const piece = this.#begun.slice(0, LINE_LIMIT)
    this.#begun = this.#begun.slice(LINE_LIMIT)
    return lastWritten(piece)
  }
}

function lastWritten(line: string): string {
  const text = line.trimEnd()
  return text.slice(text.lastIndexOf('\r') + 1)
}
