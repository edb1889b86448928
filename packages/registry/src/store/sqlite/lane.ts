/** Lets pieces of work through one after the other. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve()

  enter<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = this.#last.then(work)
    this.#last = run.catch(() => undefined) // the caller has the error; those behind wait only for the end
    return run
  }

  /** Resolves when nothing is left. */
  async empty(): Promise<void> {
    await this.#last
  }
}
