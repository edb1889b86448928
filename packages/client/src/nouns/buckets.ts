import { type Body, type Bucket, packer, platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** What has been left behind in a project; `whole` is false when it was too much for one answer. */
export type Stale = Reply<typeof platform.listStale>

/** Calls about buckets; each throws a `ClientError`. */
export interface BucketCalls {
  get(name: string, options?: CallOptions): Promise<Bucket>
  list(options?: CallOptions): AsyncGenerator<Bucket>
  create(bucket: Body<typeof packer.createBucket>, options?: CallOptions): Promise<Bucket>
  update(name: string, changes: Body<typeof packer.updateBucket>, options?: CallOptions): Promise<Bucket>
  delete(name: string, options?: CallOptions): Promise<void>
  /** What has been left behind: by that many versions, or without a new one for that many days. */
  stale(limits?: { readonly days?: number; readonly behind?: number }, options?: CallOptions): Promise<Stale>
  /** Provisioners that every build of the bucket must run. */
  enforcedBlocks(name: string, options?: CallOptions): Promise<readonly packer.EnforcedBlockDetail[]>
}

export function buckets(call: Call): BucketCalls {
  return {
    async get(name, options) {
      return (await call(packer.getBucket, { ...options, params: { bucket_name: name } })).bucket
    },
    async *list(options) {
      const fetch = (token?: string) => call(packer.listBuckets, { ...options, query: pageQuery(token) })
      for await (const page of pages(fetch)) yield* page.buckets
    },
    async create(body, options) {
      return (await call(packer.createBucket, { ...options, body })).bucket
    },
    async update(name, body, options) {
      return (await call(packer.updateBucket, { ...options, params: { bucket_name: name }, body })).bucket
    },
    async delete(name, options) {
      await call(packer.deleteBucket, { ...options, params: { bucket_name: name } })
    },
    stale({ days, behind } = {}, options) {
      const query = {
        ...(days === undefined ? {} : { days: String(days) }),
        ...(behind === undefined ? {} : { behind: String(behind) }),
      }
      return call(platform.listStale, { ...options, query })
    },
    async enforcedBlocks(name, options) {
      const params = { bucket_name: name }
      return (await call(packer.getEnforcedBlocksByBucket, { ...options, params })).enforced_block_detail
    },
  }
}
