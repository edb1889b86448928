import { packer, type packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { projectAt } from './addresses.ts'
import { meant, untrackedWord } from './words.ts'

/** What is entered in HCP Terraform for a run task, and how the run task behaves. */
export const runTaskRoutes: readonly Route[] = [
  ...runTaskKeyRoutes(packer),

  serve(packer.getRunTaskConfig, async ({ registry, caller, at }) =>
    render({ on_untracked_image: untrackedWord[await registry.registries.untracked(caller, projectAt(at))] }),
  ),

  serve(packer.updateRunTaskConfig, async ({ registry, caller, at, body }) => {
    const wanted = meant(untrackedWord, body.on_untracked_image) ?? 'unset'
    const set = await registry.registries.setUntracked(caller, projectAt(at), wanted)
    return render({ on_untracked_image: untrackedWord[set] })
  }),
]

type KeyOperations = Pick<typeof packer, 'getRegistryTFCRunTaskAPI' | 'regenerateTFCRunTaskHmacKey'>
type OldKeyOperations = Pick<typeof packer2021, keyof KeyOperations>

/** Address and key of the run task, which both interfaces tell in the same form. */
export function runTaskKeyRoutes(plane: KeyOperations | OldKeyOperations): readonly Route[] {
  return [
    serve(plane.getRegistryTFCRunTaskAPI, async ({ registry, caller, at, baseUrl }) => {
      const { path, hmacKey } = await registry.registries.runTask(caller, projectAt(at), at.task_type)
      return render({ api_url: baseUrl + path, hmac_key: hmacKey })
    }),

    serve(plane.regenerateTFCRunTaskHmacKey, async ({ registry, caller, at }) =>
      render({ hmac_key: (await registry.registries.renewRunTaskKey(caller, projectAt(at))).hmacKey }),
    ),
  ]
}
