import { packer } from '@ingot/registry-api'
import { type Route, wholePlane } from '../route.ts'
import { ancestryRoutes } from './ancestry.ts'
import { bucketRoutes } from './buckets.ts'
import { buildRoutes } from './builds.ts'
import { channelRoutes } from './channels.ts'
import { enforcedBlockRoutes } from './enforced-blocks.ts'
import { registryRoutes } from './registries.ts'
import { runTaskRoutes } from './run-tasks.ts'
import { sbomRoutes } from './sboms.ts'
import { versionRoutes } from './versions.ts'
import { vulnerabilityRoutes } from './vulnerabilities.ts'

/** Every operation of the plane. */
export const packerRoutes: readonly Route[] = wholePlane(packer, [
  ...registryRoutes,
  ...bucketRoutes,
  ...versionRoutes,
  ...buildRoutes,
  ...channelRoutes,
  ...ancestryRoutes,
  ...enforcedBlockRoutes,
  ...runTaskRoutes,
  ...sbomRoutes,
  ...vulnerabilityRoutes,
])
