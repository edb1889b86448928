import { errorText } from '../net-rpc/error-text.ts'
import type { ServedComponent } from './serve-component.ts'

/**
 * Errors that author code lets escape end the call that is open instead of the process, so that the host's user
 * reads what happened.
 */
export function catchUncaught(served: ServedComponent, log: (line: string) => void): void {
  const fail = async (error: unknown) => {
    const full = error instanceof Error ? error.stack : undefined
    log(`[ERROR] Nothing caught an error: ${full ?? errorText(error)}`)
    const calls = await served.failOpenCalls(error)
    if (calls === 0) log('[WARN] No call was open, so the host does not know of that error.')
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}
