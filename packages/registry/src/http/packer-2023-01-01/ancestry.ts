import { packer } from '@ingot/registry-api'
import type { RelationView, RelativeView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt } from './addresses.ts'
import { given, paging } from './decode.ts'
import { pagination } from './encode.ts'
import { ancestryWord, meant } from './words.ts'

const kinds = { parents: 'ANCESTRY_TYPE_PARENTS', children: 'ANCESTRY_TYPE_CHILDREN' }

/** Where images come from and what was made of them. */
export const ancestryRoutes: readonly Route[] = [
  serve(packer.listBucketAncestry, async ({ registry, caller, at, query }) => {
    const page = await registry.ancestry.list(caller, bucketAt(at), {
      ...paging(query),
      ...given({
        type: meant(kinds, query.type),
        channelName: query.channel_name || undefined,
        versionFingerprint: query.version_fingerprint || undefined,
      }),
    })
    return render({
      relations: page.items.map(relation),
      pagination: pagination(page),
      total_count: page.count,
    })
  }),
]

function relation({ parent, child, status }: RelationView) {
  const channel = { channel_name: parent.channelName, channel_version: parent.channelVersion }
  return { parent: { ...relative(parent), ...channel }, child: relative(child), status: ancestryWord[status] }
}

function relative(view: RelativeView) {
  return {
    bucket_name: view.bucketName,
    version_id: view.versionId,
    version_name: view.versionName,
    version_fingerprint: view.fingerprint,
  }
}
