import { getRandomValues, randomUUID } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Ids } from './domain/ids.ts'
import type { Instant } from './domain/time.ts'

/** Identifiers of this process: ULIDs that only grow, within a millisecond and when the clock steps back too, and random UUIDs. */
export class RandomIds implements Ids {
  readonly #next = monotonicFactory(random)

  ulid(at: Instant): string {
    return this.#next(at)
  }

  uuid(): string {
    return randomUUID()
  }
}

const drawn = new Uint8Array(4096)
let used = drawn.length

/** From 0 to below 1. A ULID takes one for each of its letters; drawn singly they cost more than the rows they name. */
function random(): number {
  if (used === drawn.length) {
    getRandomValues(drawn)
    used = 0
  }
  return drawn[used++]! / 256
}
