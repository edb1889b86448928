import type { Readable } from 'node:stream'

/** How much is kept before its sender has to wait: bytes. */
const ENOUGH = 1_048_576

/** What comes over a channel, read as it comes: only then does the channel tell that it has ended. */
export class Incoming {
  readonly #chunks: Buffer[] = []
  readonly #source: Readable
  #length = 0
  #isOver = false
  #wake = () => {}

  constructor(source: Readable) {
    this.#source = source
    source.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.#length += chunk.length
      if (this.#length > ENOUGH) source.pause()
      this.#wake()
    })
    for (const end of ['end', 'close']) source.once(end, () => this.#end())
  }

  /** What comes next; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    while (this.#chunks.length === 0 && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const chunk = this.#chunks.shift()
    this.#length -= chunk?.length ?? 0
    if (this.#length <= ENOUGH) this.#source.resume()
    return chunk
  }

  #end(): void {
    this.#isOver = true
    this.#wake()
  }
}
