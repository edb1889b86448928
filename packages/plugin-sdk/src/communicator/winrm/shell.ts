import type { RemoteCommand, RunningCommand } from '@ingot/plugin-rpc'
import { DISCONNECTED } from '../remote-machine.ts'
import { attempt, type Followed, follow, type Streams } from './command.ts'
import { isGone } from './soap/reply.ts'
import type { ShellService } from './soap/shell-service.ts'

/** How many commands a shell runs: older Windows refuse more. */
export const COMMANDS_PER_SHELL = 15

/** Starts a command in a shell of its own, which ends with it. */
export async function startCommand(
  service: ShellService,
  { command, ...streams }: RemoteCommand,
  signal: AbortSignal,
): Promise<RunningCommand> {
  const shellId = await service.createShell(signal)
  const end = () => attempt((limit) => service.deleteShell(shellId, limit))
  try {
    const at = await service.start(shellId, lineOf(command, streams), signal)
    const exitStatus = statusOf({ service, at, streams, signal }, end)
    exitStatus.catch(() => {})
    return { exitStatus }
  } catch (error) {
    if (!isGone(error)) await end()
    throw error
  }
}

function lineOf(line: string, { stdin }: Streams) {
  return { line, takesBytes: stdin !== undefined }
}

/** A machine that goes away under a command, as one that restarts does, is no failure of this end's. */
async function statusOf(command: Followed, end: () => Promise<void>): Promise<number> {
  try {
    const status = await follow(command)
    await end()
    return status
  } catch (error) {
    if (isGone(error)) return DISCONNECTED
    await end()
    throw error
  }
}

/** Runs commands one after the other, in as few shells as will do. */
export class ShellSeries {
  readonly #service: ShellService
  readonly #signal: AbortSignal
  #shellId: string | undefined
  #count = 0

  constructor(service: ShellService, signal: AbortSignal) {
    this.#service = service
    this.#signal = signal
  }

  /** Answers the exit status. @throws WinRMError also when the machine goes away meanwhile. */
  async run(command: string, streams: Streams = {}): Promise<number> {
    const shellId = await this.#shell()
    const at = await this.#service.start(shellId, lineOf(command, streams), this.#signal)
    return follow({ service: this.#service, at, streams, signal: this.#signal })
  }

  async end(): Promise<void> {
    const shellId = this.#shellId
    this.#shellId = undefined
    if (shellId !== undefined) await attempt((limit) => this.#service.deleteShell(shellId, limit))
  }

  async #shell(): Promise<string> {
    if (this.#count === COMMANDS_PER_SHELL) await this.end()
    if (this.#shellId === undefined) {
      this.#shellId = await this.#service.createShell(this.#signal)
      this.#count = 0
    }
    this.#count += 1
    return this.#shellId
  }
}
