import { givenUp } from './abortable.ts'
import { LONGEST_RETRY_AFTER_MS, pauseBefore } from './backoff.ts'
import { ClientError } from './client-error.ts'
import type { Clock } from './clock.ts'

export interface RetryRules {
  /** How often after the first time. */
  readonly retries: number
  readonly clock: Clock
  readonly random: () => number
}

export interface Attempts {
  readonly mayRepeat: (error: ClientError) => boolean
  readonly signal?: AbortSignal | undefined
}

/** Does something until it succeeds, fails for good, or has been tried often enough; throws the last error. */
export async function repeated<T>(
  rules: RetryRules,
  action: () => Promise<T>,
  attempts: Attempts,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      if (!(error instanceof ClientError) || !attempts.mayRepeat(error)) throw error
      if (attempt > rules.retries || (error.retryAfterMs ?? 0) > LONGEST_RETRY_AFTER_MS) throw error
      await pause(rules, pauseBefore(attempt, rules.random(), error.retryAfterMs), attempts.signal)
    }
  }
}

async function pause({ clock }: RetryRules, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (cause) {
    if (!signal?.aborted) throw cause
    throw givenUp(cause)
  }
}
