import { setTimeout } from 'node:timers/promises'
import type { VersionAddress } from '../domain/address.ts'

/** Milliseconds between the answers to two builds of a version that start at once. */
export const START_SPACING = 4

/**
 * Keeps the answers to starting builds of one version apart when their requests overlap: packer (1.8 to 1.16) notes each
 * in a map without a lock, and two answers in the same instant can end it with nothing printed.
 */
export class SpacedStarts {
  readonly #underWay = new Map<string, Promise<void>>()

  /** Answers what `start` does, after the answer to the start of the same version that came before it. */
  async answer<Result>(at: VersionAddress, start: () => Promise<Result>): Promise<Result> {
    const version = `${at.projectId}/${at.bucket}/${at.fingerprint}`
    const before = this.#underWay.get(version)
    const mine = Promise.withResolvers<void>()
    this.#underWay.set(version, mine.promise)
    try {
      const result = await start()
      if (before) await before.then(() => setTimeout(START_SPACING))
      return result
    } finally {
      if (this.#underWay.get(version) === mine.promise) this.#underWay.delete(version)
      mine.resolve()
    }
  }
}
