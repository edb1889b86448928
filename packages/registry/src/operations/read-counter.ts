import { type Consumption, clientName } from '../domain/consumption.ts'
import { pendingReads } from '../domain/limits.ts'
import type { Instant } from '../domain/time.ts'

/** A read, as a plane served it. */
export interface Read {
  readonly principalId: string
  readonly principalName: string
  readonly sourceChannel?: string
  readonly versionId: string
  /** Empty when the version was asked for by its fingerprint. */
  readonly channelId: string
}

type Count = { -readonly [Field in keyof Consumption]: Consumption[Field] }

/** As much of a client's own words as tells it from others. */
const longestClient = 81

/** Reads that are not written yet, counted by who read what. A read does no more than be counted here. */
export class ReadCounter {
  readonly #limit: number
  readonly #counts = new Map<string, Count>()

  constructor(limit = pendingReads) {
    this.#limit = limit
  }

  /** Counts a read; not that of a new consumer while too many wait. */
  add(read: Read, now: Instant): void {
    const { versionId, channelId, principalId, principalName, sourceChannel = '' } = read
    const said = sourceChannel.slice(0, longestClient)
    const count = this.#counts.get(`${versionId} ${channelId} ${principalId} ${said}`)
    if (count) {
      count.reads += 1
      count.lastReadAt = now
      return
    }
    const consumer = { versionId, channelId, principalId, principalName, client: clientName(said) }
    this.#keep(said, { ...consumer, reads: 1, firstReadAt: now, lastReadAt: now })
  }

  /** Takes out what was counted since the last time. */
  take(): readonly Consumption[] {
    const counts = [...this.#counts.values()]
    this.#counts.clear()
    return counts
  }

  /** Puts back what could not be written. */
  putBack(counts: readonly Consumption[]): void {
    for (const count of counts) this.#keep(`${count.client}\n${count.firstReadAt}`, { ...count })
  }

  #keep(said: string, count: Count): void {
    const { versionId, channelId, principalId } = count
    if (this.#counts.size < this.#limit)
      this.#counts.set(`${versionId} ${channelId} ${principalId} ${said}`, count)
  }
}
