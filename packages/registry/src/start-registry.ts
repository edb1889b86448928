import type { LogLevel } from './log.ts'
import { RegistryStartError } from './start-error.ts'

/** The oldest Node that has what the registry is built on: SQLite and disposable stacks. */
const OLDEST_NODE = 24

/** How a registry is started. */
export interface RegistryOptions {
  /** Where everything is kept; made with the first start. One registry runs in a directory at a time. */
  readonly dataDir: string
  /** `HOST:PORT`; port 0 takes a free one. `127.0.0.1:8443` when absent. */
  readonly listen?: string
  /** What goes to stderr, as lines of JSON; nothing when absent. */
  readonly logLevel?: LogLevel
}

/** A registry that answers. */
export interface RunningRegistry {
  /** The base address for clients on this machine, for example `https://localhost:8443`. */
  readonly url: string
  readonly port: number
  /** Whether this start made the registry. */
  readonly created: boolean
  /** Takes no more requests, finishes those in flight (at most 10 seconds), and lets go of the data directory. */
  close(): Promise<void>
}

/**
 * Starts a registry in this process; the first start in a directory makes certificates, database and credentials.
 *
 * @throws {RegistryStartError} with what to do about it; nothing is left running then.
 */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { node } = process.versions
  if (Number.parseInt(node, 10) < OLDEST_NODE) throw RegistryStartError.of('node.old', { version: node })
  // What only looks at a data directory does not wait for the server to load.
  const { start } = await import('./server.ts')
  const undo = new AsyncDisposableStack()
  try {
    return await start(options, undo)
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
}
