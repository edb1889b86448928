import type { Route } from '../route.ts'
import { advisoryRoutes } from './advisories.ts'
import { consumerRoutes } from './consumers.ts'
import { explanationRoutes } from './explanation.ts'
import { graphRoutes } from './graph.ts'
import { healthRoutes } from './health.ts'
import { packageRoutes } from './packages.ts'
import { resolveRoutes } from './resolve.ts'
import { revocationRoutes } from './revocations.ts'
import { sbomRoutes } from './sboms.ts'
import { staleRoutes } from './stale.ts'

/** What is ours and stock clients know nothing of. */
export const platformRoutes: readonly Route[] = [
  ...healthRoutes,
  ...graphRoutes,
  ...revocationRoutes,
  ...sbomRoutes,
  ...packageRoutes,
  ...advisoryRoutes,
  ...resolveRoutes,
  ...consumerRoutes,
  ...staleRoutes,
  ...explanationRoutes,
]
