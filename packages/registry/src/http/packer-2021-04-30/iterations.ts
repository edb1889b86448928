import { packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { given, setTime } from '../packer-2023-01-01/decode.ts'
import { longOperation, pagination } from '../packer-2023-01-01/encode.ts'
import { meant, templateTypeWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, iterationAt } from './addresses.ts'
import { sortedPaging, versionWords } from './decode.ts'
import { iteration, iterationInList } from './encode.ts'

/** Iterations: what the newer interface calls versions. */
export const iterationRoutes: readonly Route[] = [
  serve(packer2021.createIteration, async (call) => {
    const { registry, caller, body } = call
    const templateType = meant(templateTypeWord, body.template_type)
    const fresh = { fingerprint: body.fingerprint ?? '', ...given({ templateType }) }
    const made = await registry.versions.create(caller, await bucketAt(call), fresh)
    return render({ iteration: iteration(made) })
  }),

  serve(packer2021.getIteration, async (call) => {
    const { registry, caller, query } = call
    const found = await registry.versions.find(caller, await bucketAt(call), versionWords(query))
    if (found.number > 0) registry.consumers.count(caller, found.id)
    return render({ iteration: iteration(found) })
  }),

  serve(packer2021.listIterations, async (call) => {
    const { registry, caller, query } = call
    const page = await registry.versions.list(caller, await bucketAt(call), sortedPaging(query))
    return render({ iterations: page.items.map(iterationInList), pagination: pagination(page) })
  }),

  serve(packer2021.updateIteration, async (call) => {
    const { registry, caller, body } = call
    const change = given({
      complete: body.complete,
      restore: body.restore,
      revokeAt: setTime(body.revoke_at),
      revokeIn: body.revoke_in,
      revocationMessage: body.revocation_message,
      skipDescendantsRevocation: body.skip_descendants_revocation,
      refuseAssigned: body.rollback_channels !== true,
    })
    const at = await iterationAt(call, body.bucket_slug)
    const done = await registry.versions.update(caller, at, change)
    return render({ iteration: iteration(done.version), operation: longOperation(done.operation) })
  }),

  serve(packer2021.deleteIteration, async (call) => {
    const { registry, caller, query } = call
    const at = await iterationAt(call, query.bucket_slug)
    await registry.versions.delete(caller, at, { rollbackChannels: query.rollback_channels === 'true' })
    return '{}'
  }),
]
