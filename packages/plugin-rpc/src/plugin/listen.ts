import { randomBytes } from 'node:crypto'
import { createServer, type ListenOptions, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Address, MAX_PORT, MAX_PORT_NAME, MIN_PORT, MIN_PORT_NAME } from '../handshake.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A longer path cannot be a socket's on macOS; Linux allows four bytes more. */
const MAX_SOCKET_PATH = 103

/** Only the user may connect. */
const OWNER_ONLY = 0o077

export interface Listener {
  readonly address: Address
  /** The one connection that is taken; any other is refused. */
  readonly connection: Promise<Socket>
  /** Stops waiting for it. */
  close(): void
}

/** Listens where the host can reach this process: on a socket in the temporary directory, on Windows on a port. */
export async function listen(env: Environment): Promise<Listener> {
  const server = createServer({ noDelay: true })
  const address = process.platform === 'win32' ? await listenOnPort(server, env) : await listenOnPath(server)
  const connection = new Promise<Socket>((resolve) => {
    server.once('connection', (socket) => {
      server.on('connection', (other) => other.destroy())
      server.close()
      resolve(socket)
    })
  })
  return { address, connection, close: () => server.close() }
}

async function listenOnPath(server: Server): Promise<Address> {
  const name = `packer-plugin${randomBytes(6).toString('hex')}`
  const path = [join(tmpdir(), name), join('/tmp', name)].find(
    (path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH,
  )!
  const before = process.umask(OWNER_ONLY)
  try {
    // The socket's file is made before the call returns.
    await begin(server, { path })
  } finally {
    process.umask(before)
  }
  return { network: 'unix', address: path }
}

async function listenOnPort(server: Server, env: Environment): Promise<Address> {
  const first = Number(env[MIN_PORT_NAME]) || MIN_PORT
  const last = Number(env[MAX_PORT_NAME]) || MAX_PORT
  for (let port = first; ; port++) {
    try {
      await begin(server, { port, host: '127.0.0.1' })
      return { network: 'tcp', address: `127.0.0.1:${port}` }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port >= last) throw error
    }
  }
}

function begin(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
