import { ClientError, type Clock } from '@ingot/client'

/** Pauses between tries of a registry that is away, in milliseconds: doubling from the first to the longest. */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

/** How long to go on with a registry that is away. */
export interface Patience {
  readonly clock: Clock
  /** From the first failure to the last try, in milliseconds. */
  readonly patienceMs: number
  readonly signal?: AbortSignal | undefined
  /** Told before each pause. */
  readonly onTrouble: (error: ClientError) => void | Promise<void>
}

/** Repeats a call that may be repeated for as long as patience lasts and the registry may come back; throws the last error. */
export async function persistently<T>(patience: Patience, action: () => Promise<T>): Promise<T> {
  let deadline: number | undefined
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await action()
    } catch (error) {
      if (!(error instanceof ClientError) || !error.transient || patience.signal?.aborted) throw error
      await patience.onTrouble(error)
      deadline ??= patience.clock.now() + patience.patienceMs
      if (patience.clock.now() + pause > deadline || !(await slept(patience, pause))) throw error
    }
  }
}

/** False when the pause was cut short by the signal. */
async function slept({ clock, signal }: Patience, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, signal)
    return true
  } catch (error) {
    if (!signal?.aborted) throw error
    return false
  }
}
