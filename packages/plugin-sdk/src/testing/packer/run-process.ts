import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PackerTestError } from './packer-error.ts'

/** How much a program of a test may print, in characters, before it is ended. */
export const PACKER_OUTPUT_LIMIT = 64 * 1024 * 1024

interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** In milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal
}

export interface Printed {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program in a process group of its own, so that its plugins end with it, to its end. Its input is empty.
 * @throws PackerTestError when it takes longer, prints more, or the signal aborts.
 */
export async function runProcess({ file, args, cwd, env, timeout, signal }: Program): Promise<Printed> {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let ended: string | undefined
  const end = (why: string) => {
    ended ??= why
    killGroup(child)
  }
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      if (printed[name].length + text.length > PACKER_OUTPUT_LIMIT) end('it printed too much')
      else printed[name] += text
    })
  }
  const timer = setTimeout(() => end(`it took longer than ${timeout / 1000} s`), timeout)
  const abort = () => end('the test was over')
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  try {
    const [exitCode] = await once(child, 'close')
    if (ended === undefined) return { exitCode: exitCode ?? -1, ...printed }
    throw new PackerTestError('ended', `${file} ${args.join(' ')} was ended: ${ended}.\n${tail(printed)}`)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    killGroup(child)
  }
}

function tail({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return `${stdout.slice(-4000)}\n${stderr.slice(-4000)}`.trim()
}

/** Where groups are not known, the process alone. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
