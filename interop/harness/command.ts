import { type ChildProcessByStdio, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'

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
  /** What the user types; for a command with `input` only. */
  type(text: string): void
  /** What the terminal does on Ctrl-C: SIGINT to every process of the group. */
  interrupt(): void
  /** Asks it to end, as a service manager does: SIGTERM to it alone. */
  terminate(): void
  /** Whether any process of the group still runs. */
  lives(): boolean
}

export interface CommandOptions {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds after which it is killed and counts as failed. */
  readonly limit: number
  /** Whether something may be typed to it; otherwise its input is empty. */
  readonly input?: boolean
  /** Throws when the program ended in a way that says nothing about what was asked of it. */
  readonly check?: (outcome: Outcome) => void
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>

/** The groups that this process started and that may live: a run that is broken off leaves none of them behind. */
const groups = new Set<number>()
process.on('exit', () => groups.forEach(killGroup))

export function startCommand({ file, args, cwd, env, limit, input, check }: CommandOptions): RunningCommand {
  const stdio: StdioOptions = [input ? 'pipe' : 'ignore', 'pipe', 'pipe']
  const child = spawn(file, args, { cwd, env, detached: true, stdio }) as Child
  const heard = hear(child)
  const ended = once(child, 'close') as Promise<[number | null, string | null]>
  const { pid } = child
  if (pid === undefined) throw new Error(`${file} cannot be started. Is it built?`)
  groups.add(pid)
  const killer = setTimeout(() => killGroup(pid), limit)
  const done = ended.then(([exitCode, signal]) => {
    clearTimeout(killer)
    const outcome = { exitCode: exitCode ?? -1, ...heard.text() }
    if (exitCode === null) {
      throw new Error(`${file} ${args.join(' ')} was ended by ${signal} and had said:\n${outcome.output}`)
    }
    check?.(outcome)
    return outcome
  })
  // Whoever starts a command may look at how it ended later, or not at all.
  done.catch(() => undefined)
  return {
    done,
    said: (text) => heard.until(text, done),
    type: (text) => void child.stdin?.write(text),
    interrupt: () => process.kill(-pid, 'SIGINT'),
    terminate: () => child.kill('SIGTERM'),
    lives: () => groupLives(pid),
    async [Symbol.asyncDispose]() {
      killGroup(pid)
      groups.delete(pid)
      await done.catch(() => undefined)
    },
  }
}

/** Collects what a process prints, and tells when it has printed something. */
function hear(child: Child) {
  const heard = { output: '', stdout: '' }
  const listeners = new Set<() => void>()
  const add = (text: string) => {
    heard.output += text
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text
    add(text)
  })
  child.stderr.setEncoding('utf8').on('data', add)
  return {
    text: () => heard,
    async until(text: string, end: Promise<unknown>): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      const listener = () => (heard.output.includes(text) ? resolve() : undefined)
      listeners.add(listener)
      listener()
      await Promise.race([promise, end])
      listeners.delete(listener)
      if (!heard.output.includes(text)) throw new Error(`It ended without saying "${text}":\n${heard.output}`)
    },
  }
}

/** A group that is gone already is what was wanted. */
function killGroup(pid: number): void {
  if (groupLives(pid)) process.kill(-pid, 'SIGKILL')
}

function groupLives(pid: number): boolean {
  try {
    return process.kill(-pid, 0) && !hasOnlyEnded(pid)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}

/** In a container often nobody asks for the status of a process that has ended, which leaves its number. */
function hasOnlyEnded(group: number): boolean {
  if (process.platform !== 'linux') return false
  const states = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(stateOf)
  return states.every((each) => each?.group !== group || each.state === 'Z')
}

function stateOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, group: Number(group) }
  } catch {
    // It is gone meanwhile.
    return undefined
  }
}
