import { packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { type Route, serve } from '../route.ts'
import { registry as encode } from './encode.ts'

/** The registry of a project. */
export const registryRoutes: readonly Route[] = [
  serve(packer2021.getRegistry, async ({ registry, caller, at }) =>
    render({ registry: encode(await registry.tenants.getRegistry(caller, projectAt(at))) }),
  ),
]
