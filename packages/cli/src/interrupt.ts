import { constants } from 'node:os'

/** Ctrl-C and termination: the first asks for a clean end, the second for a hard one. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
  readonly hard: AbortSignal
  /** The exit status that says which signal came, once one has. */
  readonly status: number | undefined
}

/**
 * One Ctrl-C arrives several times where npm or a launcher stands in between: the terminal signals the whole group, and
 * each passes it on. What comes within this many milliseconds is the same.
 */
const SAME_INTERRUPT = 400

/** Hears SIGINT, SIGTERM and SIGHUP until it is disposed of: the signal aborts, and `status` says which came. */
export function onInterrupt(note: (line: string) => void, first: string): Interrupt {
  const soft = new AbortController()
  const hard = new AbortController()
  let status: number | undefined
  let askedAt = 0
  const stop = (name: NodeJS.Signals) => {
    if (soft.signal.aborted) {
      if (performance.now() - askedAt > SAME_INTERRUPT) hard.abort()
      return
    }
    askedAt = performance.now()
    status = 128 + constants.signals[name]
    note(first)
    soft.abort()
  }
  const names = ['SIGINT', 'SIGTERM'] as const
  for (const name of names) process.on(name, stop)
  return {
    signal: soft.signal,
    hard: hard.signal,
    get status() {
      return status
    },
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, stop)
    },
  }
}
