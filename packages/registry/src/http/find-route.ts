import findMyWay, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way'
import { Refusal } from '../domain/refusal.ts'
import { malformed } from './body.ts'
import { MAX_HEADERS } from './limits.ts'
import type { Route } from './route.ts'

/** A route that is served, and what its path says. */
export interface ServedRoute {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** Finds routes by the raw segments of a path, so that `%2F` stays within one; a literal segment goes before a parameter. */
export type Router = Instance<HTTPVersion.V1>

export function routerOf(routes: readonly Route[]): Router {
  const router = findMyWay({ maxParamLength: MAX_HEADERS, onBadUrl: unused })
  for (const route of routes) router.on(route.operation.method, route.operation.path, unused, route)
  return router
}

/** The router only finds; what it would call is never called. */
function unused(): void {}

/** The route of a request. Throws a `Refusal` where nothing is served, in the words that clients of the plane live with. */
export function findRoute(router: Router, method: string, sent: string): ServedRoute {
  const path = plainSlashes(sent)
  const found = lookUp(router, method === 'HEAD' ? 'GET' : method, path)
  if (!found) throw unrouted(router, method, path)
  if (!found.route.handle && !found.route.open) throw unserved(method, path)
  return found
}

/** Clients send the slashes of a resource name escaped or not; no name within one holds any. */
function plainSlashes(path: string): string {
  return /^\/(iam\/)?2019-12-10\//.test(path) ? path.replace(/%2f/gi, '/') : path
}

function lookUp(router: Router, method: string, path: string): ServedRoute | undefined {
  const found = router.find(method as HTTPMethod, path)
  if (!found) return
  if (!found.store) throw malformed('the path is not percent-encoded text')
  const params = found.params as Record<string, string>
  for (const name in params) if (params[name] === '') return
  return { route: found.store, params }
}

const methods = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']

function unrouted(router: Router, method: string, path: string): Refusal {
  const allowed = methods.filter((each) => lookUp(router, each, path))
  if (allowed.length > 0) return new Refusal('route.wrong-method', { method, path, allowed })
  return isOfHostedService(path) ? unserved(method, path) : new Refusal('route.absent', { path })
}

/** A client that asks for something newer than this registry goes on when it reads the code for unserved. */
function isOfHostedService(path: string): boolean {
  return /^\/(packer|resource-manager|operation|iam|vault|\d{4}-\d{2}-\d{2})\//.test(path)
}

function unserved(method: string, path: string): Refusal {
  return new Refusal('route.unserved', { method, path })
}
