import type { Route } from '../route.ts'
import { graphRoutes } from './graph.ts'
import { healthRoutes } from './health.ts'
import { revocationRoutes } from './revocations.ts'
import { sbomRoutes } from './sboms.ts'

/** What is ours and stock clients know nothing of. */
export const platformRoutes: readonly Route[] = [
  ...healthRoutes,
  ...graphRoutes,
  ...revocationRoutes,
  ...sbomRoutes,
]
