import { packer } from '@ingot/registry-api'
import { maskedFields } from '../../domain/mask.ts'
import { granted } from '../../domain/refusal.ts'
import type { OperationView, RegistryView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { projectAt } from './addresses.ts'
import { registry as encode, longOperation } from './encode.ts'
import { meant, tierWord } from './words.ts'

/** The registry of a project. */
export const registryRoutes: readonly Route[] = [
  serve(packer.getRegistry, async ({ registry, caller, at }) =>
    render({ registry: encode(await registry.registries.get(caller, projectAt(at))) }),
  ),

  serve(packer.createRegistry, async ({ registry, caller, at, body }) => {
    const tier = meant(tierWord, body.feature_tier) ?? 'plus'
    return changed(await registry.registries.create(caller, projectAt(at), tier))
  }),

  serve(packer.updateRegistry, async ({ registry, caller, at, body }) => {
    const { update_mask: mask, activated, feature_tier } = body
    const fields = mask ? granted(maskedFields(mask, ['featureTier', 'activated'])) : undefined
    const tier = meant(tierWord, feature_tier)
    const change = {
      ...((fields?.has('featureTier') ?? true) && tier && { tier }),
      // Go leaves out what is false: only the mask tells that it was meant.
      ...((fields?.has('activated') ?? activated != null) && { activated: activated ?? false }),
    }
    return changed(await registry.registries.update(caller, projectAt(at), change))
  }),

  serve(packer.deleteRegistry, async ({ registry, caller, at }) =>
    changed(await registry.registries.delete(caller, projectAt(at))),
  ),
]

function changed(done: { readonly registry: RegistryView; readonly operation: OperationView }) {
  return render({ registry: encode(done.registry), operation: longOperation(done.operation) })
}
