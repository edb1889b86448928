import { constants } from 'node:os'

/** Ctrl-C and termination: the first asks for a clean end, the second for a hard one. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal
  readonly hard: AbortSignal
  /** The exit status that says which signal came, once one has. */
  readonly status: number | undefined
}

export function onInterrupt(note: (line: string) => void, first: string): Interrupt {
  const soft = new AbortController()
  const hard = new AbortController()
  let status: number | undefined
  const stop = (name: NodeJS.Signals) => {
    if (soft.signal.aborted) return hard.abort()
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
