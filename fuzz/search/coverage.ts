import { type Profiler, Session } from 'node:inspector'
import { type Ranges, size, within } from './ranges.ts'

/** What was not reached yet of functions that were, by their place. */
export type Reached = ReadonlyMap<string, Ranges>

/** Tells which parts of the sources are reached for the first time, down to the branches of functions. */
export class Coverage implements Disposable {
  readonly #session = new Session()
  readonly #covers: RegExp
  readonly #missing = new Map<string, Ranges>()
  #steps = 0

  constructor(covers: RegExp) {
    this.#covers = covers
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    this.news()
  }

  /** How often a function was entered for the first time, or a part of it. */
  get steps(): number {
    return this.#steps
  }

  /** The functions of which more was reached since the last look than is known. */
  news(): Reached {
    const found = new Map<string, Ranges>()
    for (const { url, functions } of this.#take()) {
      if (!this.#covers.test(url)) continue
      for (const { ranges } of functions) this.#compare(url, ranges, found)
    }
    return found
  }

  learn(reached: Reached): void {
    for (const [place, missing] of reached) this.#missing.set(place, missing)
    this.#steps += reached.size
  }

  [Symbol.dispose](): void {
    this.#session.disconnect()
  }

  /** The first range is the function, the others differ from it; a branch that was passed as often is not among them. */
  #compare(url: string, [whole, ...parts]: Profiler.CoverageRange[], found: Map<string, Ranges>): void {
    if (!whole || whole.count === 0) return
    const place = `${url} ${whole.startOffset} ${whole.endOffset}`
    const passedBy = parts
      .filter(({ count }) => count === 0)
      .map(({ startOffset, endOffset }) => [startOffset, endOffset] as const)
    const before = this.#missing.get(place)
    const missing = before ? within(before, passedBy) : passedBy
    if (!before || size(missing) < size(before)) found.set(place, missing)
  }

  #take(): readonly Profiler.ScriptCoverage[] {
    let taken: readonly Profiler.ScriptCoverage[] = []
    this.#session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      taken = result
    })
    return taken
  }
}
