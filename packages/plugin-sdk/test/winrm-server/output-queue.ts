import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Running } from './windows-machine.ts'

/** A part of a command's output. */
export interface Part {
  readonly stream: 'stdout' | 'stderr'
  readonly data: Buffer
}

/** How much of an output waits to be fetched before the command has to: bytes. */
const WAITING = 262_144

/** How much is fetched at once: bytes, so that an answer keeps to the envelope. */
const AT_ONCE = 65_536

/** A command's output until it is fetched. */
export class OutputQueue {
  /** Set once the command has ended; its output may still be here. */
  exitStatus: number | undefined
  readonly #parts: Part[] = []
  readonly #sources: readonly Readable[]
  #size = 0
  #wake = () => {}

  constructor({ stdout, stderr, exitStatus }: Running) {
    this.#sources = [stdout, stderr]
    const ends = [this.#keep('stdout', stdout), this.#keep('stderr', stderr)]
    Promise.all([exitStatus, ...ends]).then(([status]) => {
      this.exitStatus = status
      this.#wake()
    })
  }

  async #keep(stream: Part['stream'], source: Readable): Promise<void> {
    source.on('data', (chunk: Buffer | string) => {
      const data = Buffer.from(chunk as string)
      for (let at = 0; at < data.length; at += AT_ONCE)
        this.#parts.push({ stream, data: data.subarray(at, at + AT_ONCE) })
      this.#size += data.length
      if (this.#size > WAITING) for (const each of this.#sources) each.pause()
      this.#wake()
    })
    await once(source, 'close')
  }

  /** The next part; undefined when there is none yet, after as many milliseconds, or no more. */
  async next(patience: number): Promise<Part | undefined> {
    if (this.#parts.length === 0 && this.exitStatus === undefined) await this.#change(patience)
    const part = this.#parts.shift()
    this.#size -= part?.data.length ?? 0
    if (this.#size <= WAITING) for (const each of this.#sources) each.resume()
    return part
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  #change(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
