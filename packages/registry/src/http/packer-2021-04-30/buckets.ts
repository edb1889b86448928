import { packer2021 } from '@ingot/registry-api'
import type { BucketView } from '../../views.ts'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { given } from '../packer-2023-01-01/decode.ts'
import { pagination } from '../packer-2023-01-01/encode.ts'
import { type AnyOperation, type Call, type Route, serve } from '../route.ts'
import { bucketAt } from './addresses.ts'
import { sortedPaging } from './decode.ts'
import { bucket as encode } from './encode.ts'

/** Buckets as this plane knows them. */
export const bucketRoutes: readonly Route[] = [
  serve(packer2021.createBucket, async (call) => {
    const { registry, caller, at, body } = call
    const words = given({ description: body.description, labels: body.labels })
    const fresh = { ...words, name: body.bucket_slug ?? '' }
    return render({ bucket: encode(await registry.buckets.create(caller, projectAt(at), fresh), undefined) })
  }),

  serve(packer2021.getBucket, async (call) => {
    const { registry, caller, at, query } = call
    const named = { ...projectAt(at), bucket: at.bucket_slug }
    if (!query.bucket_id) return one(call, await registry.buckets.get(caller, await bucketAt(call)))
    const found = await registry.addresses.bucket(caller, named, query.bucket_id)
    return one(call, await registry.buckets.get(caller, found))
  }),

  serve(packer2021.listBuckets, async (call) => {
    const { registry, caller, at, query } = call
    const page = await registry.buckets.list(caller, projectAt(at), sortedPaging(query))
    return render({ buckets: await encodeAll(call, page.items), pagination: pagination(page) })
  }),

  serve(packer2021.updateBucket, async (call) => {
    const { registry, caller, body } = call
    const change = given({ description: body.description, labels: body.labels })
    return one(call, await registry.buckets.update(caller, await bucketAt(call), change))
  }),

  serve(packer2021.deleteBucket, async (call) => {
    await call.registry.buckets.delete(call.caller, await bucketAt(call))
    return '{}'
  }),
]

type Asked = Pick<Call<AnyOperation>, 'registry' | 'caller'> & {
  readonly at: Parameters<typeof projectAt>[0]
}

async function one(call: Asked, view: BucketView) {
  const [bucket] = await encodeAll(call, [view])
  return render({ bucket: bucket! })
}

/** With the newest iteration of each, which only this plane shows. */
async function encodeAll({ registry, caller, at }: Asked, views: readonly BucketView[]) {
  const ids = views.filter((view) => view.versionCount > 0).map((view) => view.id)
  const newest = ids.length > 0 ? await registry.buckets.newest(caller, projectAt(at), ids) : undefined
  return views.map((view) => encode(view, newest?.get(view.id)))
}
