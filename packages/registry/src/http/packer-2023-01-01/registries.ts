import { packer } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { projectAt } from './addresses.ts'
import { registry as encode } from './encode.ts'

/** The registry of a project, and what hangs on it alone. */
export const registryRoutes: readonly Route[] = [
  serve(packer.getRegistry, async ({ registry, caller, at }) =>
    render({ registry: encode(await registry.tenants.getRegistry(caller, projectAt(at))) }),
  ),
]
