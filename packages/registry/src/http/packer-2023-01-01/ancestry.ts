import { packer } from '@ingot/registry-api'
import type { FoundImageView, RelationView, RelativeView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, projectAt } from './addresses.ts'
import { given, paging } from './decode.ts'
import { build, pagination, version } from './encode.ts'
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

  serve(packer.searchExternalArtifact, async ({ registry, caller, at, query, body }) => {
    const where = given({ platform: body.platform || undefined, region: body.region || undefined })
    const image = { externalIdentifier: body.external_identifier ?? '', ...where }
    const page = await registry.builds.findImage(caller, projectAt(at), { ...paging(query), ...image })
    return render({ artifacts: page.items.map(foundImage), pagination: pagination(page) })
  }),
]

function foundImage({ bucket, version: view, build: made }: FoundImageView) {
  const { builds: _, ...facts } = version(view)
  return {
    bucket: { id: bucket.id, name: bucket.name, labels: bucket.labels },
    version: facts,
    build: build(made),
  }
}

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
