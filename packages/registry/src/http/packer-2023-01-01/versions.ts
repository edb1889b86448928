import { packer } from '@ingot/registry-api'
import { render, withMember } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, versionAt } from './addresses.ts'
import { given, setTime, sortedPaging } from './decode.ts'
import { longOperation, pagination, version } from './encode.ts'
import { renderVersions } from './rendered-versions.ts'
import { meant, templateTypeWord } from './words.ts'

/** Versions as this plane knows them. */
export const versionRoutes: readonly Route[] = [
  serve(packer.createVersion, async ({ registry, caller, at, body }) => {
    const templateType = meant(templateTypeWord, body.template_type)
    const fresh = { fingerprint: body.fingerprint ?? '', ...given({ templateType }) }
    return render({ version: version(await registry.versions.create(caller, bucketAt(at), fresh)) })
  }),

  serve(packer.getVersion, async ({ registry, caller, at }) => {
    const found = await registry.versions.get(caller, versionAt(at))
    if (found.number > 0) registry.consumers.count(caller, found.id)
    return render({ version: version(found) })
  }),

  serve(packer.listVersions, async ({ registry, renderings, caller, at, query }) => {
    const page = await registry.versions.list(caller, bucketAt(at), sortedPaging(query))
    return withMember(
      render({ pagination: pagination(page) }),
      'versions',
      renderVersions(renderings, page.items),
    )
  }),

  serve(packer.updateVersion, async ({ registry, caller, at, body }) => {
    const change = given({
      complete: body.complete,
      restore: body.restore,
      revokeAt: setTime(body.revoke_at),
      revokeIn: body.revoke_in,
      revocationMessage: body.revocation_message,
      skipDescendantsRevocation: body.skip_descendants_revocation,
      disableRollbackChannels: body.disable_rollback_channels,
    })
    const done = await registry.versions.update(caller, versionAt(at), change)
    return render({ version: version(done.version), operation: longOperation(done.operation) })
  }),

  serve(packer.deleteVersion, async ({ registry, caller, at, query }) => {
    await registry.versions.delete(caller, versionAt(at), {
      rollbackChannels: query.rollback_channels === 'true',
    })
    return '{}'
  }),
]
