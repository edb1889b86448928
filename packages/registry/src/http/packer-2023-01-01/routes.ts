import { packer } from '@ingot/registry-api'
import { type AnyOperation, type Route, unserved } from '../route.ts'
import { ancestryRoutes } from './ancestry.ts'
import { bucketRoutes } from './buckets.ts'
import { buildRoutes } from './builds.ts'
import { channelRoutes } from './channels.ts'
import { registryRoutes } from './registries.ts'
import { versionRoutes } from './versions.ts'

const served = [
  ...registryRoutes,
  ...bucketRoutes,
  ...versionRoutes,
  ...buildRoutes,
  ...channelRoutes,
  ...ancestryRoutes,
]

/** Every operation of the plane: those served, and the others, which are refused with the code that clients live with. */
export const packerRoutes: readonly Route[] = [
  ...served,
  ...(Object.values(packer) as AnyOperation[])
    .filter((operation) => !served.some((route) => route.operation === operation))
    .map(unserved),
]
