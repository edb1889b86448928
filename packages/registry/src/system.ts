import { randomUUID } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import type { Ids } from './domain/ids.ts'
import type { Clock } from './domain/time.ts'

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() }

/** Identifiers from the machine's randomness. */
export function systemIds(): Ids {
  return { ulid: monotonicFactory(), uuid: () => randomUUID() }
}
