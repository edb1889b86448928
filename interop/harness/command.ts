import { spawn } from 'node:child_process'

export interface Outcome {
  readonly exitCode: number
  /** What it printed on both streams, in the order it came. */
  readonly output: string
  readonly stdout: string
}

/** A program that runs in a process group of its own, as at a terminal. */
export interface RunningCommand extends AsyncDisposable {
  readonly done: Promise<Outcome>
  /** Resolves as soon as it has printed the text; throws when it ends without. */
  said(text: string): Promise<void>
  /** What the terminal does on Ctrl-C: SIGINT to every process of the group. */
  interrupt(): void
  /** Asks it to end, as a service manager does: SIGTERM to it alone. */
  terminate(): void
}

export interface CommandOptions {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds after which it is killed and counts as failed. */
  readonly limit: number
}

export function startCommand({ file, args, cwd, env, limit }: CommandOptions): RunningCommand {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const listeners = new Set<() => void>()
  let output = ''
  let stdout = ''
  const hear = (text: string) => {
    output += text
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    hear(text)
  })
  child.stderr.setEncoding('utf8').on('data', hear)
  const killer = setTimeout(() => killGroup(child.pid!), limit)
  const done = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      clearTimeout(killer)
      if (exitCode !== null) resolve({ exitCode, output, stdout })
      else reject(new Error(`${file} ${args.join(' ')} was ended by ${signal} and had said:\n${output}`))
    })
  })
  // Whoever starts a command may look at how it ended later, or not at all.
  done.catch(() => undefined)
  return {
    done,
    said: (text) => said(text, { done, output: () => output, listeners }),
    interrupt: () => process.kill(-child.pid!, 'SIGINT'),
    terminate: () => child.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      killGroup(child.pid!)
      await done.catch(() => undefined)
    },
  }
}

interface Listening {
  readonly done: Promise<Outcome>
  output(): string
  readonly listeners: Set<() => void>
}

async function said(text: string, { done, output, listeners }: Listening): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const listener = () => (output().includes(text) ? resolve() : undefined)
  listeners.add(listener)
  listener()
  await Promise.race([promise, done])
  listeners.delete(listener)
  if (!output().includes(text)) throw new Error(`It ended without saying "${text}":\n${output()}`)
}

/** A group that is gone already is what was wanted. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
