import { packer } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, projectAt } from './addresses.ts'
import { registry as encode } from './encode.ts'

/** The registry of a project, and what hangs on it alone. */
export const registryRoutes: readonly Route[] = [
  serve(packer.getRegistry, async ({ registry, caller, at }) =>
    render({ registry: encode(await registry.tenants.getRegistry(caller, projectAt(at))) }),
  ),

  serve(packer.getEnforcedBlocksByBucket, async ({ registry, caller, at }) =>
    render({ enforced_block_detail: await registry.enforcedBlocks.ofBucket(caller, bucketAt(at)) }),
  ),
]
