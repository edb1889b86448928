import type { Logger } from 'pino'
import { Authenticator } from './auth/authenticator.ts'
import { tokenKeys } from './auth/signing-keys.ts'
import { writeAddress } from './data-directory/address.ts'
import { layout } from './data-directory/layout.ts'
import { lockDataDirectory } from './data-directory/lock.ts'
import { makePrivateDirectory } from './data-directory/private-file.ts'
import type { Clock } from './domain/time.ts'
import { foundRegistry } from './founding.ts'
import { Listener } from './http/listener.ts'
import { RefusalRecorder } from './http/refusal-recorder.ts'
import { Renderings } from './http/renderings.ts'
import { RequestHandler } from './http/request-handler.ts'
import { Router } from './http/router.ts'
import { routes } from './http/routes.ts'
import { clientUrl, DEFAULT_LISTEN, parseListen } from './listen-address.ts'
import { createLog, type LogLevel } from './log.ts'
import { RandomIds } from './random-ids.ts'
import { Registry } from './registry.ts'
import { RegistryStartError } from './start-error.ts'
import { SqliteStore } from './store/sqlite/sqlite-store.ts'
import { StoreError } from './store/store-error.ts'
import { serverIdentity, serverNames } from './tls/authority.ts'
import { writeTrustBundle } from './tls/trust-bundle.ts'

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
  const undo = new AsyncDisposableStack()
  try {
    return await start(options, undo)
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
}

async function start(options: RegistryOptions, undo: AsyncDisposableStack): Promise<RunningRegistry> {
  const files = layout(options.dataDir)
  const listen = parseListen(options.listen ?? DEFAULT_LISTEN)
  const log = createLog(options.logLevel ?? 'silent')
  makePrivateDirectory(files.directory)
  const lock = lockDataDirectory(files)
  undo.defer(() => lock.release())
  const identity = serverIdentity(files, serverNames(listen.host), clock.now())
  writeTrustBundle(files.tls.bundle, identity.authority)

  const store = await openStore(files.database)
  undo.defer(() => store.close())
  const registry = new Registry({ store, clock, ids: new RandomIds() })
  const founded = await foundRegistry(registry, files)

  const handler = await requestHandler({ registry, issuer: founded.organization.id, log })
  const listener = await Listener.open({ ...listen, ...identity, handle: handler.handle })
  undo.defer(() => {
    handler.stop()
    return listener.close()
  })
  const url = clientUrl({ host: listen.host, port: listener.port })
  writeAddress(files, { url, pid: process.pid })
  log.info({ url, dataDir: files.directory }, 'the registry answers')
  return { url, port: listener.port, created: founded.created, close: () => undo.disposeAsync() }
}

async function openStore(file: string): Promise<SqliteStore> {
  try {
    return await SqliteStore.open(file)
  } catch (error) {
    throw error instanceof StoreError ? RegistryStartError.of(startCode[error.code], error, error) : error
  }
}

const startCode = {
  damaged: 'data.damaged',
  newer: 'data.newer',
  unwritable: 'data.failed',
  full: 'data.failed',
  busy: 'data.failed',
  failed: 'data.failed',
} as const

interface HandlerNeeds {
  readonly registry: Registry
  readonly issuer: string
  readonly log: Logger
}

async function requestHandler({ registry, issuer, log }: HandlerNeeds): Promise<RequestHandler> {
  const authenticator = new Authenticator({ registry, clock, issuer, keys: await tokenKeys(registry) })
  const recorder = new RefusalRecorder(registry, () => clock.now())
  const router = new Router(routes({ authenticator, recorder }))
  const services = { registry, renderings: new Renderings() }
  const trouble = (error: unknown) => (error instanceof StoreError ? error.message : undefined)
  return new RequestHandler({ services, router, authenticator, recorder, log, trouble })
}

const clock: Clock = { now: () => Date.now() }
