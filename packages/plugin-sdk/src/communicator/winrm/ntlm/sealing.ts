import { timingSafeEqual } from 'node:crypto'
import { type Direction, directionKeys, hmac } from './keys.ts'
import { NtlmError } from './ntlm-error.ts'
import { Rc4 } from './rc4.ts'

/** A signature's length: bytes (MS-NLMP 2.2.2.9.1). */
export const SEAL_SIGNATURE_LENGTH = 16

/** What a session's messages need besides its key. */
export interface SealingOptions {
  readonly direction: Direction
  /** Whether the two ends exchanged a key; then signatures are encrypted too. */
  readonly keyExchange: boolean
}

/** Encrypts, or decrypts, the messages of one direction, in their order (MS-NLMP 3.4.3 and 3.4.4.2). */
export class Sealing {
  readonly #cipher: Rc4
  readonly #signKey: Buffer
  readonly #keyExchange: boolean
  #sequence = 0

  constructor(sessionKey: Buffer, { direction, keyExchange }: SealingOptions) {
    const keys = directionKeys(sessionKey, direction)
    this.#cipher = new Rc4(keys.seal)
    this.#signKey = keys.sign
    this.#keyExchange = keyExchange
  }

  seal(message: Buffer): { readonly signature: Buffer; readonly sealed: Buffer } {
    const sealed = this.#cipher.apply(message)
    return { sealed, signature: this.#sign(message) }
  }

  /** @throws NtlmError when the signature is not of this message. */
  unseal(signature: Buffer, sealed: Buffer): Buffer {
    const message = this.#cipher.apply(sealed)
    const expected = this.#sign(message)
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
      throw new NtlmError('An encrypted message has a wrong signature')
    return message
  }

  #sign(message: Buffer): Buffer {
    const sequence = uint32(this.#sequence)
    this.#sequence = (this.#sequence + 1) >>> 0
    const sum = hmac(this.#signKey, sequence, message).subarray(0, 8)
    return Buffer.concat([uint32(1), this.#keyExchange ? this.#cipher.apply(sum) : sum, sequence])
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
