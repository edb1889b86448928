import type { Logger } from 'pino'

/** Something that time brings, again and again. */
export interface Job {
  /** For the log, for example `stalled builds`. */
  readonly name: string
  /** Milliseconds from one start to the next; a start is left out while the last one still works. */
  readonly interval: number
  readonly work: () => Promise<void>
}

/** Does a job at its interval until it is told to stop; waits for what is under way then. A failure is logged, no more. */
export function every({ name, interval, work }: Job, log: Logger): () => Promise<void> {
  let running: Promise<void> | undefined
  const attempt = async () => {
    try {
      await work()
    } catch (error) {
      log.error({ err: error, job: name }, 'a job failed; it is tried again at its next time')
    }
  }
  const timer = setInterval(() => {
    running ??= attempt().finally(() => {
      running = undefined
    })
  }, interval).unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
