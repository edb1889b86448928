import { once } from 'node:events'
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, MAX_PORT, MAX_PORT_NAME, MIN_PORT, MIN_PORT_NAME } from '../handshake.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A longer path cannot be a socket's on macOS; Linux allows four bytes more. */
const MAX_SOCKET_PATH = 103

/** Only the user may connect, so a name need not be secret. */
const OWNER_ONLY = 0o077

/** Names that may be taken before this process gives up. */
const MAX_NAMES = 16

/** What ends a process that does not listen to it. */
const ENDING = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

export interface Listener {
  readonly address: Address
  /** The one connection that is taken; any other is refused. */
  readonly connection: Promise<Socket>
  /** Stops waiting for it. */
  close(): void
}

/**
 * Listens where the host can reach this process: on a socket in the temporary directory, on Windows on a port. However
 * the process ends, no socket's file is left behind.
 */
export async function listen(env: Environment): Promise<Listener> {
  const server = createServer({ noDelay: true })
  const forget = closeAtEnd(server)
  const address = process.platform === 'win32' ? await listenOnPort(server, env) : await listenOnPath(server)
  const close = () => {
    server.close()
    forget()
  }
  const connection = new Promise<Socket>((resolve) => {
    server.once('connection', (socket) => {
      server.on('connection', (other) => other.destroy())
      close()
      resolve(socket)
    })
  })
  return { address, connection, close }
}

/** Closing a server removes its file; what becomes of the process is as if nothing had listened to the signal. */
function closeAtEnd(server: Server): () => void {
  const close = () => server.close()
  const end = (signal: (typeof ENDING)[number]) => process.exit(128 + constants.signals[signal])
  process.on('exit', close)
  for (const signal of ENDING) process.on(signal, end)
  return () => {
    process.off('exit', close)
    for (const signal of ENDING) process.off(signal, end)
  }
}

/** The system refuses a name that is taken, by whatever it is. */
async function listenOnPath(server: Server): Promise<Address> {
  for (let names = 1; ; names++) {
    const path = socketPath()
    try {
      await beginForOwner(server, path)
      return { network: 'unix', address: path }
    } catch (error) {
      if (!isTaken(error) || names === MAX_NAMES) throw error
    }
  }
}

/** No two processes of a machine are the same at the same instant; real randomness takes longer to load than a start. */
function socketPath(): string {
  const name = `packer-plugin${process.pid.toString(36)}${process.hrtime.bigint().toString(36)}`
  return [join(tmpdir(), name), join('/tmp', name)].find(
    (path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH,
  )!
}

/** The socket's file is made before the call returns, so nothing else gets these permissions. */
function beginForOwner(server: Server, path: string): Promise<unknown> {
  const before = process.umask(OWNER_ONLY)
  try {
    return begin(server, { path })
  } finally {
    process.umask(before)
  }
}

async function listenOnPort(server: Server, env: Environment): Promise<Address> {
  const first = Number(env[MIN_PORT_NAME]) || MIN_PORT
  const last = Number(env[MAX_PORT_NAME]) || MAX_PORT
  for (let port = first; ; port++) {
    try {
      await begin(server, { port, host: '127.0.0.1' })
      return { network: 'tcp', address: `127.0.0.1:${port}` }
    } catch (error) {
      if (!isTaken(error) || port >= last) throw error
    }
  }
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
}

function begin(server: Server, options: ListenOptions): Promise<unknown> {
  const listening = once(server, 'listening')
  server.listen(options)
  return listening
}
