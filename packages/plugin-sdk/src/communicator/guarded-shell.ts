import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'

/** Milliseconds that a command has between being asked to end and being ended. */
export const TERM_GRACE = 2_000

/** The number under which the guard of a command has its pipe. */
const GUARD = 3

/**
 * A guard in the group of the command: when its pipe is closed without a word, by this process or by the end of it, it ends
 * the whole group. A process that is killed cannot end what it has started in any other way.
 */
const guarded = [
  `(trap '' HUP INT TERM; read -r ended <&${GUARD} || kill -KILL 0) </dev/null >/dev/null 2>&1 &`,
  `exec ${GUARD}<&-; exec /bin/sh -c "$0"`,
].join('\n')

/** A command that does not outlive this process. */
export interface GuardedShell {
  readonly process: ChildProcess
  /** Asks it and what it has started to end, and after {@link TERM_GRACE} ends them. */
  end(): void
}

/** Runs a command in `sh`, on Windows in `cmd`, where nothing guards it. */
export function guardedShell(command: string, options: SpawnOptions): GuardedShell {
  if (process.platform === 'win32') {
    const child = spawn(command, { ...options, shell: true })
    return { process: child, end: () => void child.kill() }
  }
  const stdio = [...(options.stdio as readonly ('pipe' | 'ignore')[]), 'pipe' as const]
  // A group of its own, so that ending it ends what it has started.
  const child = spawn('/bin/sh', ['-c', guarded, command], { ...options, stdio, detached: true })
  return new GuardedGroup(child)
}

class GuardedGroup implements GuardedShell {
  readonly process: ChildProcess
  readonly #guard: Writable
  #ending: NodeJS.Timeout | undefined

  constructor(child: ChildProcess) {
    this.process = child
    this.#guard = child.stdio[GUARD] as Writable
    // It ends with the group, perhaps before it was told to.
    this.#guard.on('error', () => {})
    child.once('exit', () => this.#over())
  }

  end(): void {
    const { pid, exitCode, signalCode } = this.process
    if (pid === undefined || exitCode !== null || signalCode !== null || this.#ending) return
    this.#ending = setTimeout(() => this.#guard.destroy(), TERM_GRACE)
    process.kill(-pid, 'SIGTERM')
  }

  /** What a command leaves running stays, unless it was ended. */
  #over(): void {
    clearTimeout(this.#ending)
    if (this.#ending) this.#guard.destroy()
    else this.#guard.end('ended\n')
  }
}
