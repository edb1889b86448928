import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/ingot.js', import.meta.url))

export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

type Environment = Readonly<Record<string, string>>

/** Runs the command as a user does: a process with a clean environment. */
export async function ingot(args: readonly string[], env: Environment = {}): Promise<Ran> {
  const child = start(args, env)
  const [out, err, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close'),
  ])
  return { status, out, err }
}

/** Starts it, for a test that talks to it while it runs. With `detached` it leads a process group, as at a terminal. */
export function start(args: readonly string[], env: Environment, detached = false): ChildProcess {
  const { PATH, HOME } = process.env
  return spawn(process.execPath, [bin, ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
  })
}

/** A registry of the command's own, in a directory of its own. */
export interface Served extends AsyncDisposable {
  readonly dataDir: string
  readonly env: Environment
  /** Asks it to stop and answers its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number>
}

export async function served(): Promise<Served> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ingot-cli-'))
  const env = { INGOT_DATA: dataDir, INGOT_LISTEN: '127.0.0.1:0' }
  const child = start(['serve', '--json'], env)
  const closed = once(child, 'close')
  await Promise.race([
    once(child.stdout!, 'data'),
    closed.then(() => Promise.reject(new Error('it did not start'))),
  ])
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const [status] = await closed
    return status as number
  }
  return {
    dataDir,
    env,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
