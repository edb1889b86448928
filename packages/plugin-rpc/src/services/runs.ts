/**
 * The runs of a component that a host can cancel. `Cancel` names none: it means those that are open and, where there
 * is none, the next one, since a cancel can overtake the call that it means.
 */
export class Runs {
  readonly #open = new Set<AbortController>()
  #early: { readonly reason: unknown } | undefined
  #ran = false

  /** Does the work with a signal of its own; begins it in any case, so that it can say that it was not done. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    if (this.#early) controller.abort(this.#early.reason)
    this.#early = undefined
    this.#ran = true
    this.#open.add(controller)
    try {
      return await work(controller.signal)
    } finally {
      this.#open.delete(controller)
    }
  }

  /** Cancels what is open, else what comes next. */
  cancel(reason: unknown): void {
    if (this.#open.size === 0) this.#early = { reason }
    this.cancelOpen(reason)
  }

  cancelOpen(reason: unknown): void {
    for (const controller of this.#open) controller.abort(reason)
  }

  /**
   * The host prepares the component anew. A cancel that came when a run had just ended meant that one: a run that timed
   * out is retried after this.
   */
  renew(): void {
    if (this.#ran) this.#early = undefined
  }
}
