import { Refusal } from '../domain/refusal.ts'
import type { Route } from './route.ts'
import type { Router } from './router.ts'

/** A route that is served, and what its path says. */
export interface ServedRoute {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** The route of a request. Throws a `Refusal` where nothing is served, in the words that clients of the plane live with. */
export function findRoute(router: Router, method: string, path: string): ServedRoute {
  const found = router.find(method, path)
  if (!found) throw isOfHostedService(path) ? unserved(method, path) : new Refusal('route.absent', { path })
  if ('allowed' in found) throw new Refusal('route.wrong-method', { method, path, allowed: found.allowed })
  if (!found.route.handle && !found.route.open) throw unserved(method, path)
  return found
}

/** A client that asks for something newer than this registry goes on when it reads the code for unserved. */
function isOfHostedService(path: string): boolean {
  return /^\/(packer|resource-manager|operation|iam|vault|\d{4}-\d{2}-\d{2})\//.test(path)
}

function unserved(method: string, path: string): Refusal {
  return new Refusal('route.unserved', { method, path })
}
