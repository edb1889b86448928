/** Chunks smaller than this are copied together, so that many tiny frames do not hold a large buffer each. */
const SMALL = 16_384

/** Bytes of a stream that came and were not read yet. */
export class ReceiveBuffer {
  readonly #chunks: Uint8Array[] = []
  /** Free room behind the last chunk, where that chunk is our own copy. */
  #room: Uint8Array = new Uint8Array(0)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (chunk.length < SMALL) this.#gather(chunk)
    else {
      this.#chunks.push(chunk)
      this.#room = this.#room.subarray(0, 0)
    }
  }

  /** The next bytes, at most `max`; empty when there are none. */
  take(max = Number.POSITIVE_INFINITY): Uint8Array {
    const chunk = this.#chunks[0] ?? this.#room.subarray(0, 0)
    const taken = chunk.subarray(0, Math.min(chunk.length, max))
    if (taken.length === chunk.length) this.#chunks.shift()
    else this.#chunks[0] = chunk.subarray(taken.length)
    if (this.#chunks.length === 0) this.#room = this.#room.subarray(0, 0)
    this.#length -= taken.length
    return taken
  }

  clear(): void {
    this.#chunks.length = 0
    this.#room = this.#room.subarray(0, 0)
    this.#length = 0
  }

  #gather(chunk: Uint8Array): void {
    if (chunk.length <= this.#room.length) {
      this.#room.set(chunk)
      this.#room = this.#room.subarray(chunk.length)
      const last = this.#chunks.length - 1
      const before = this.#chunks[last]!
      this.#chunks[last] = new Uint8Array(before.buffer, before.byteOffset, before.length + chunk.length)
      return
    }
    const block = new Uint8Array(this.#chunks.length === 0 ? chunk.length : SMALL * 4)
    block.set(chunk)
    this.#chunks.push(block.subarray(0, chunk.length))
    this.#room = block.subarray(chunk.length)
  }
}
