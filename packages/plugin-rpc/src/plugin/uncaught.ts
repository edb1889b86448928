import { errorText } from '../net-rpc/error-text.ts'
import type { ServedComponent } from './serve-component.ts'

/**
 * Errors that author code lets escape end the call that is open instead of the process, so that the host's user
 * reads what happened; before there is a host they end the process.
 */
export function catchUncaught(
  log: (line: string) => void,
  servedNow: () => ServedComponent | undefined,
): void {
  const fail = async (error: unknown) => {
    const full = error instanceof Error ? error.stack : undefined
    log(`[ERROR] Nothing caught an error: ${full ?? errorText(error)}`)
    const served = servedNow()
    // Node itself would print the error past the log.
    if (!served) process.exit(1)
    const calls = await served.failOpenCalls(error)
    if (calls === 0) log('[WARN] No call was open, so the host does not know of that error.')
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}
