import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATH = '/usr/sbin/sshd'

const INSTALL =
  'apt-get install -y openssh-server || { apt-get update && apt-get install -y openssh-server; }'

/** How long the server may take to listen: milliseconds. */
const START_LIMIT = 10_000

/** Whether there is an OpenSSH server, which is installed where that can be done; CI must have one. */
export function hasSshd(): boolean {
  if (!existsSync(PATH) && userInfo().uid === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync(INSTALL, { shell: true, stdio: 'ignore', env })
  }
  if (existsSync(PATH)) return true
  if (process.env['CI'] === 'true') throw new Error(`There is no ${PATH}: install Debian's openssh-server`)
  console.log(`Skipped: there is no ${PATH}; install Debian's openssh-server to run these tests`)
  return false
}

/** Debian's own SSH server on a port of the loopback, for the user who runs the tests. */
export class Sshd implements AsyncDisposable {
  readonly folder: string
  readonly port: number
  readonly username = userInfo().username
  readonly #options: readonly string[]
  #process: ChildProcess | undefined
  #log = ''

  private constructor(folder: string, port: number, options: readonly string[]) {
    this.folder = folder
    this.port = port
    this.#options = options
  }

  /** Starts one; `options` are lines of its configuration that come before the usual ones. */
  static async start(options: readonly string[] = []): Promise<Sshd> {
    const sshd = new Sshd(mkdtempSync(join(tmpdir(), 'ingot-sshd-')), await freePort(), options)
    sshd.#prepare()
    await sshd.start()
    return sshd
  }

  /** A file of the server's folder: `key` and `key.pub` may log in, `ca` makes certificates. */
  path(name: string): string {
    return join(this.folder, name)
  }

  /** What it said so far. */
  get log(): string {
    return this.#log
  }

  /** Runs a command of OpenSSH in the folder. */
  run(command: string, ...args: readonly string[]): string {
    return execFileSync(command, args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
  }

  #prepare(): void {
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
    for (const name of ['host', 'key', 'ca'])
      this.run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', name)
    writeFileSync(this.path('authorized_keys'), readFileSync(this.path('key.pub')))
    const lines = [
      ...this.#options,
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${this.path('host')}`,
      'PidFile none',
      `AuthorizedKeysFile ${this.path('authorized_keys')}`,
      `TrustedUserCAKeys ${this.path('ca.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
      'LogLevel VERBOSE',
      'MaxAuthTries 20',
      'Subsystem sftp internal-sftp',
    ]
    writeFileSync(this.path('sshd_config'), `${lines.join('\n')}\n`)
  }

  /** Starts it again, where it was stopped. */
  async start(): Promise<void> {
    const child = spawn(PATH, ['-D', '-e', '-f', this.path('sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr.on('data', (text) => {
      this.#log += text
    })
    this.#process = child
    const limit = Date.now() + START_LIMIT
    while (!(await isListening(this.port))) {
      if (child.exitCode !== null || Date.now() > limit) throw new Error(`sshd does not start: ${this.#log}`)
      await sleep(20)
    }
  }

  /** Stops it with every connection, as when a machine goes down. */
  async stop(): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child?.pid || child.exitCode !== null) return
    const ended = once(child, 'exit')
    for (const pid of childrenOf(child.pid)) end(pid)
    child.kill()
    await ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The processes that serve connections, and what they started. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)])
  const children = String(stdout)
    .split('\n')
    .map(Number)
    .filter((child) => child > 0)
  return children.flatMap((child) => [child, ...childrenOf(child)])
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
