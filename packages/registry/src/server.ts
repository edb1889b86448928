import type { Logger } from 'pino'
import { Authenticator } from './auth/authenticator.ts'
import { DerivedSecrets } from './auth/derived-secrets.ts'
import { tokenKeys } from './auth/signing-keys.ts'
import { writeAddress } from './data-directory/address.ts'
import { layout } from './data-directory/layout.ts'
import { lockDataDirectory } from './data-directory/lock.ts'
import { makePrivateDirectory } from './data-directory/private-file.ts'
import { secretKey } from './data-directory/secret-key.ts'
import type { Clock } from './domain/time.ts'
import { foundRegistry } from './founding.ts'
import { routerOf } from './http/find-route.ts'
import { Listener } from './http/listener.ts'
import { RefusalRecorder } from './http/refusal-recorder.ts'
import { Renderings } from './http/renderings.ts'
import { RequestHandler } from './http/request-handler.ts'
import { routes } from './http/routes.ts'
import { SpacedStarts } from './http/spaced-starts.ts'
import { every } from './jobs/every.ts'
import { jobs } from './jobs/jobs.ts'
import { clientUrl, DEFAULT_LISTEN, parseListen } from './listen-address.ts'
import { createLog } from './log.ts'
import { openStore, storeTrouble } from './open-store.ts'
import { RandomIds } from './random-ids.ts'
import { Registry } from './registry/registry.ts'
import type { RegistryOptions, RunningRegistry } from './start-registry.ts'
import { currentIdentity } from './tls/identity.ts'

/** Starts a registry; what has to be undone when that fails, or when it stops, goes onto the stack. */
export async function start(options: RegistryOptions, undo: AsyncDisposableStack): Promise<RunningRegistry> {
  const files = layout(options.dataDir)
  const listen = parseListen(options.listen ?? DEFAULT_LISTEN)
  const log = createLog(options.logLevel ?? 'silent')
  makePrivateDirectory(files.directory)
  const lock = lockDataDirectory(files)
  undo.defer(() => lock.release())
  const identity = () => currentIdentity(files, listen.host, clock.now())
  const first = await identity()

  const secrets = new DerivedSecrets(secretKey(files))
  const store = await openStore(files.database)
  undo.defer(() => store.close())
  const registry = new Registry({ store, clock, ids: new RandomIds(), secrets })
  undo.defer(() => registry.consumers.write())
  const founded = await foundRegistry(registry, files)

  const handler = await requestHandler({ registry, issuer: founded.organization.id, log })
  const listener = await Listener.open({ ...listen, ...first, handle: handler.handle })
  undo.defer(() => {
    handler.stop()
    return listener.close()
  })
  const renew = async () => listener.renew(await identity())
  for (const job of jobs(registry, renew)) undo.defer(every(job, log))
  const url = clientUrl({ host: listen.host, port: listener.port })
  writeAddress(files, { url, pid: process.pid })
  log.info({ url, dataDir: files.directory }, 'the registry answers')
  return { url, port: listener.port, created: founded.created, close: () => undo.disposeAsync() }
}

interface HandlerNeeds {
  readonly registry: Registry
  readonly issuer: string
  readonly log: Logger
}

async function requestHandler({ registry, issuer, log }: HandlerNeeds): Promise<RequestHandler> {
  const authenticator = new Authenticator({ registry, clock, issuer, keys: await tokenKeys(registry) })
  const recorder = new RefusalRecorder(registry, () => clock.now())
  const router = routerOf(routes({ authenticator, recorder }))
  const services = { registry, renderings: new Renderings(), starts: new SpacedStarts() }
  return new RequestHandler({ services, router, authenticator, recorder, log, trouble: storeTrouble })
}

const clock: Clock = { now: () => Date.now() }
