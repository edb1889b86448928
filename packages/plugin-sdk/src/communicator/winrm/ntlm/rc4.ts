/** RC4, whose state NTLM keeps from message to message; OpenSSL 3 no longer offers it. */
export class Rc4 {
  readonly #state = Uint8Array.from({ length: 256 }, (_, index) => index)
  #i = 0
  #j = 0

  constructor(key: Uint8Array) {
    let j = 0
    for (let i = 0; i < 256; i += 1) {
      j = (j + this.#state[i]! + key[i % key.length]!) & 255
      this.#swap(i, j)
    }
  }

  /** Encrypts or decrypts the bytes that follow those of the last call. */
  apply(bytes: Uint8Array): Buffer {
    const state = this.#state
    const result = Buffer.alloc(bytes.length)
    for (let at = 0; at < bytes.length; at += 1) {
      this.#i = (this.#i + 1) & 255
      this.#j = (this.#j + state[this.#i]!) & 255
      this.#swap(this.#i, this.#j)
      result[at] = bytes[at]! ^ state[(state[this.#i]! + state[this.#j]!) & 255]!
    }
    return result
  }

  #swap(i: number, j: number): void {
    const kept = this.#state[i]!
    this.#state[i] = this.#state[j]!
    this.#state[j] = kept
  }
}
