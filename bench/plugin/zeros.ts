import { Readable, Writable } from 'node:stream'

/** What a stream has at a time, as those of files do. */
const BLOCK = 65_536

/** So many zeros. */
export function zeros(amount: number): Readable {
  const block = Buffer.alloc(BLOCK)
  let left = amount
  return new Readable({
    read() {
      const chunk = block.subarray(0, left)
      left -= chunk.length
      this.push(chunk.length > 0 ? chunk : null)
    },
  })
}

/** Takes whatever comes. */
export function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
