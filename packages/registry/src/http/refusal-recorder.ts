import type { Refusal } from '../domain/refusal.ts'
import type { Registry } from '../registry/registry.ts'
import type { Origin } from './origin.ts'

/** Audit rows a second that callers without a token can cause; the log has the others. */
export const MAX_ANONYMOUS_ROWS = 20

/** Writes the audit rows of refusals that no use case saw. Nobody without a token fills the disk by it. */
export class RefusalRecorder {
  readonly #registry: Registry
  readonly #now: () => number
  #second = 0
  #written = 0

  constructor(registry: Registry, now: () => number) {
    this.#registry = registry
    this.#now = now
  }

  async record(refusal: Refusal, origin: Origin): Promise<void> {
    if (!origin.caller && !this.#allowed()) return
    await this.#registry.audit.refused({
      code: refusal.code,
      params: refusal.params,
      action: 'request',
      object: `${origin.method} ${origin.url}`,
      ...(origin.caller && { caller: origin.caller }),
      ...(origin.address && { address: origin.address }),
      ...(origin.sourceChannel && { sourceChannel: origin.sourceChannel }),
    })
  }

  #allowed(): boolean {
    const second = Math.floor(this.#now() / 1000)
    if (second !== this.#second) [this.#second, this.#written] = [second, 0]
    this.#written += 1
    return this.#written <= MAX_ANONYMOUS_ROWS
  }
}
