import type { Writable } from 'node:stream'
import { Kept } from '../../sinks.ts'
import { ShellSeries } from '../shell.ts'
import { isGone } from '../soap/reply.ts'
import type { ShellService } from '../soap/shell-service.ts'
import { WinRMError } from '../winrm-error.ts'
import { errorText } from './powershell.ts'

/** What copying takes from outside. */
export interface FileContext {
  readonly service: ShellService
  readonly signal: AbortSignal
  /** A new UUID. */
  readonly newId: () => string
}

/** Commands that copy something, all of which have to succeed. */
export interface FileSession {
  readonly newId: () => string
  /** `what` is what could not be done, for the error. */
  run(command: string, what: string, stdout?: Writable): Promise<void>
}

/** Runs what copies something, in shells that end with it. @throws WinRMError `file` for a command that fails. */
export async function withFileSession<T>(
  { service, signal, newId }: FileContext,
  copy: (session: FileSession) => Promise<T>,
): Promise<T> {
  const shells = new ShellSeries(service, signal)
  let isThere = true
  const run = async (command: string, what: string, stdout?: Writable) => {
    const stderr = new Kept(`The error output of what copies files`)
    const status = await shells.run(command, { stderr, ...(stdout ? { stdout } : {}) })
    if (status !== 0) throw failure(what, status, stderr.content().toString('utf8'))
  }
  try {
    return await copy({ newId, run })
  } catch (error) {
    isThere = !isGone(error)
    throw error
  } finally {
    if (isThere) await shells.end()
  }
}

function failure(what: string, status: number, stderr: string): WinRMError {
  return new WinRMError('file', `${what}: ${errorText(stderr) || `its command ended with status ${status}`}`)
}
