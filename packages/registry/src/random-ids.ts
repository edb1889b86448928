import { randomUUID } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Ids } from './domain/ids.ts'
import type { Instant } from './domain/time.ts'

/** Identifiers of this process: ULIDs that only grow, within a millisecond and when the clock steps back too, and random UUIDs. */
export class RandomIds implements Ids {
  readonly #next = monotonicFactory()

  ulid(at: Instant): string {
    return this.#next(at)
  }

  uuid(): string {
    return randomUUID()
  }
}
