import { type Duration, formatDuration, parseDuration } from '../config/duration.ts'
import type { Surroundings } from '../plugin/surroundings.ts'

/**
 * Milliseconds that author code has to end after its call was cancelled, unless its definition has an `abortGrace` of its
 * own. What runs longer is left: its call is answered, and the plugin's process ends.
 */
export const ABORT_GRACE = 60_000

/** Milliseconds after a cancel in which author code should have ended; then the user is told, once, what is waited for. */
export const ABORT_PATIENCE = 5_000

/** Code of a component that takes no notice of its signal. */
export class AbortIgnoredError extends Error {
  override readonly name = 'AbortIgnoredError'
}

/** What is waited for, and how long. */
export interface AbortGrace {
  /** As in a sentence: `the builder`. */
  readonly who: string
  readonly signal: AbortSignal
  /** Unless told {@link ABORT_GRACE}. */
  readonly grace: Duration | undefined
  readonly warn: (text: string) => void
  readonly around: Pick<Surroundings, 'leave'>
}

/**
 * Waits for author code to end, and once it was cancelled only until its grace is over.
 * @throws AbortIgnoredError when it is.
 */
export async function withinGrace<T>(running: T | Promise<T>, grace: AbortGrace): Promise<T> {
  const watch = new Watch(grace)
  try {
    return await Promise.race([running, watch.ignored])
  } finally {
    watch.stop()
  }
}

/** Counts from the cancel on. */
class Watch {
  readonly ignored: Promise<never>
  readonly #grace: AbortGrace
  readonly #milliseconds: number
  readonly #timers: NodeJS.Timeout[] = []
  readonly #begin = () => this.#count()
  #ignore: (error: AbortIgnoredError) => void = () => {}

  constructor(grace: AbortGrace) {
    this.#grace = grace
    this.#milliseconds = parseDuration(grace.grace ?? ABORT_GRACE)
    this.ignored = new Promise<never>((_, reject) => {
      this.#ignore = reject
    })
    if (grace.signal.aborted) this.#count()
    else grace.signal.addEventListener('abort', this.#begin, { once: true })
  }

  stop(): void {
    this.#grace.signal.removeEventListener('abort', this.#begin)
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #count(): void {
    const { who, warn } = this.#grace
    const time = formatDuration(this.#milliseconds)
    if (this.#milliseconds > ABORT_PATIENCE)
      this.#after(ABORT_PATIENCE, () => warn(`Cancelled: waiting for ${who} to end, ${time} at most`))
    this.#after(this.#milliseconds, () => this.#end(time))
  }

  #end(time: string): void {
    const { who, around } = this.#grace
    around.leave()
    this.#ignore(
      new AbortIgnoredError(
        `The build was cancelled, but ${who} had not ended ${time} later and was left: look for what it has begun`,
      ),
    )
  }

  #after(milliseconds: number, act: () => void): void {
    this.#timers.push(setTimeout(act, milliseconds))
  }
}
