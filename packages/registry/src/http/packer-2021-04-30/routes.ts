import { packer2021 } from '@ingot/registry-api'
import { type Route, wholePlane } from '../route.ts'
import { ancestryRoutes } from './ancestry.ts'
import { bucketRoutes } from './buckets.ts'
import { buildRoutes } from './builds.ts'
import { channelRoutes } from './channels.ts'
import { iterationRoutes } from './iterations.ts'
import { registryRoutes } from './registries.ts'

/** Every operation of the plane. */
export const packer2021Routes: readonly Route[] = wholePlane(packer2021, [
  ...registryRoutes,
  ...bucketRoutes,
  ...iterationRoutes,
  ...buildRoutes,
  ...channelRoutes,
  ...ancestryRoutes,
])
