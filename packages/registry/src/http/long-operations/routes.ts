import { longOperations } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { longOperation } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'

/** Changes that clients wait for. Ours are done when they are told of, so that waiting ends at once. */
export const longOperationRoutes: readonly Route[] = [
  serve(longOperations.getLongOperation, async ({ registry, caller, at }) =>
    render({ operation: longOperation(await registry.tenants.getOperation(caller, projectAt(at), at.id)) }),
  ),
  serve(longOperations.waitLongOperation, async ({ registry, caller, at }) =>
    render({ operation: longOperation(await registry.tenants.getOperation(caller, projectAt(at), at.id)) }),
  ),
]
