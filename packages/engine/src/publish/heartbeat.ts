import { ClientError, type Clock } from '@ingot/client'

/** How often packer tells the registry that a build is still running, in milliseconds. */
export const HEARTBEAT_MS = 120_000

export interface HeartbeatRules {
  readonly clock: Clock
  readonly intervalMs: number
  /** Tells the registry once. */
  readonly beat: (signal: AbortSignal) => Promise<unknown>
  /** A missed beat is no harm: the next one says the same. */
  readonly onTrouble: (error: ClientError) => void
}

/** Beats until it is stopped; when {@link Heartbeat.stop} resolves, no beat is under way. */
export interface Heartbeat {
  stop(): Promise<void>
}

export function startHeartbeat(rules: HeartbeatRules): Heartbeat {
  const stopping = new AbortController()
  const beating = beatUntil(rules, stopping.signal)
  // An error of our own is thrown by stop(); until then it must not end the process, which has plugins to clean up.
  beating.catch(() => undefined)
  return {
    async stop() {
      stopping.abort()
      await beating
    },
  }
}

async function beatUntil(
  { clock, intervalMs, beat, onTrouble }: HeartbeatRules,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(intervalMs, signal)
      await beat(signal)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ClientError)) throw error
      onTrouble(error)
    }
  }
}
