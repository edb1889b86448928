import { packer2021 } from '@ingot/registry-api'
import type { OperationView, RegistryView } from '../../views.ts'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { longOperation } from '../packer-2023-01-01/encode.ts'
import { runTaskKeyRoutes } from '../packer-2023-01-01/run-tasks.ts'
import { meant, tierWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve } from '../route.ts'
import { registry as encode } from './encode.ts'

/** The registry of a project, and what is entered in HCP Terraform for its run task. */
export const registryRoutes: readonly Route[] = [
  serve(packer2021.getRegistry, async ({ registry, caller, at }) =>
    render({ registry: encode(await registry.registries.get(caller, projectAt(at))) }),
  ),

  serve(packer2021.createRegistry, async ({ registry, caller, at, body }) => {
    const tier = meant(tierWord, body.feature_tier) ?? 'plus'
    return changed(await registry.registries.create(caller, projectAt(at), tier))
  }),

  serve(packer2021.updateRegistry, async ({ registry, caller, at, body }) => {
    const tier = meant(tierWord, body.feature_tier)
    // It has no mask, and Go leaves out what is false: a body without a tier is about the activation.
    const activated = body.activate ?? (tier ? undefined : false)
    const change = { ...(tier && { tier }), ...(activated != null && { activated }) }
    return changed(await registry.registries.update(caller, projectAt(at), change))
  }),

  serve(packer2021.deleteRegistry, async ({ registry, caller, at }) =>
    changed(await registry.registries.delete(caller, projectAt(at))),
  ),

  ...runTaskKeyRoutes(packer2021),
]

function changed(done: { readonly registry: RegistryView; readonly operation: OperationView }) {
  return render({ registry: encode(done.registry), operation: longOperation(done.operation) })
}
