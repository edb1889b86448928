import { type Bucket, packer } from '@ingot/registry-api'
import type { BucketView } from '../../views.ts'
import { type Rendered, render, renderList, withMember } from '../answer.ts'
import type { Renderings } from '../renderings.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt, projectAt } from './addresses.ts'
import { given, sortedPaging } from './decode.ts'
import { bucketFacts, pagination } from './encode.ts'
import { renderMaybe } from './rendered-versions.ts'

/** Buckets as this plane knows them. */
export const bucketRoutes: readonly Route[] = [
  serve(packer.createBucket, async ({ registry, renderings, caller, at, body }) => {
    const bucket = { ...given({ description: body.description, labels: body.labels }), name: body.name ?? '' }
    return one(renderings, await registry.buckets.create(caller, projectAt(at), bucket))
  }),

  serve(packer.getBucket, async ({ registry, renderings, caller, at }) =>
    one(renderings, await registry.buckets.get(caller, bucketAt(at))),
  ),

  serve(packer.listBuckets, async ({ registry, renderings, caller, at, query }) => {
    const page = await registry.buckets.list(caller, projectAt(at), sortedPaging(query))
    const buckets = renderList(page.items.map((view) => renderBucket(renderings, view)))
    return withMember(render({ pagination: pagination(page) }), 'buckets', buckets)
  }),

  serve(packer.updateBucket, async ({ registry, renderings, caller, at, body }) => {
    const change = given({ description: body.description, labels: body.labels })
    return one(renderings, await registry.buckets.update(caller, bucketAt(at), change))
  }),

  serve(packer.deleteBucket, async ({ registry, caller, at }) => {
    await registry.buckets.delete(caller, bucketAt(at))
    return '{}'
  }),
]

function one(renderings: Renderings, view: BucketView): Rendered<{ bucket: Bucket }> {
  return withMember('{}', 'bucket', renderBucket(renderings, view))
}

function renderBucket(renderings: Renderings, view: BucketView): Rendered<Bucket> {
  return withMember(render(bucketFacts(view)), 'latest_version', renderMaybe(renderings, view.latestVersion))
}
