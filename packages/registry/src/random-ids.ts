import { randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from './domain/ids.ts'
import type { Instant } from './domain/time.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const timeLetters = 10
const randomBits = 80n

/** Identifiers of this process: ULIDs that only grow, within a millisecond and when the clock steps back too, and random UUIDs. */
export class RandomIds implements Ids {
  #time = 0
  #random = 0n

  ulid(at: Instant): string {
    if (at > this.#time) {
      this.#time = at
      // The highest bit stays free, so that counting on within the millisecond never overflows.
      this.#random = BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n
    } else {
      this.#random += 1n
    }
    return letters((BigInt(this.#time) << randomBits) | this.#random)
  }

  uuid(): string {
    return randomUUID()
  }
}

function letters(value: bigint): string {
  let text = ''
  for (let left = value; text.length < timeLetters + 16; left >>= 5n)
    text = alphabet[Number(left & 31n)] + text
  return text
}
