import { Duplex } from 'node:stream'

/** The two ends of a connection in memory: what one writes the other reads, and the end of one ends both. */
export function memoryPipe(): [Duplex, Duplex] {
  const left = new PipeEnd()
  const right = new PipeEnd()
  left.other = right
  right.other = left
  return [left, right]
}

class PipeEnd extends Duplex {
  other: PipeEnd | undefined
  #whenRead: (() => void) | undefined
  #over = false

  constructor() {
    super({ allowHalfOpen: false })
  }

  override _read(): void {
    const whenRead = this.#whenRead
    this.#whenRead = undefined
    whenRead?.()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.other?.arrive(chunk, done)
  }

  override _final(done: () => void): void {
    this.other?.finish()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this._read()
    this.other?.finish()
    done(error)
  }

  arrive(chunk: Buffer, done: () => void): void {
    if (this.#over || this.destroyed || this.push(chunk)) done()
    else this.#whenRead = done
  }

  finish(): void {
    if (this.#over || this.destroyed) return
    this.#over = true
    this.push(null)
  }
}
