import { type Body, packer, type Version } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** Calls about the versions of a bucket, named by their fingerprint; each throws a `ClientError`. */
export interface VersionCalls {
  get(bucket: string, fingerprint: string, options?: CallOptions): Promise<Version>
  list(bucket: string, options?: CallOptions): AsyncGenerator<Version>
  create(bucket: string, version: Body<typeof packer.createVersion>, options?: CallOptions): Promise<Version>
  update(
    at: VersionPlace,
    changes: Body<typeof packer.updateVersion>,
    options?: CallOptions,
  ): Promise<Version>
  delete(bucket: string, fingerprint: string, options?: CallOptions): Promise<void>
}

/** Which version. */
export interface VersionPlace {
  readonly bucket: string
  readonly fingerprint: string
}

export function versions(call: Call): VersionCalls {
  return {
    async get(bucket, fingerprint, options) {
      return (await call(packer.getVersion, { ...options, params: { bucket_name: bucket, fingerprint } }))
        .version
    },
    async *list(bucket, options) {
      const params = { bucket_name: bucket }
      const fetch = (token?: string) =>
        call(packer.listVersions, { ...options, params, query: pageQuery(token) })
      for await (const page of pages(fetch)) yield* page.versions
    },
    async create(bucket, body, options) {
      return (await call(packer.createVersion, { ...options, params: { bucket_name: bucket }, body })).version
    },
    async update({ bucket, fingerprint }, body, options) {
      const params = { bucket_name: bucket, fingerprint }
      return (await call(packer.updateVersion, { ...options, params, body })).version
    },
    async delete(bucket, fingerprint, options) {
      await call(packer.deleteVersion, { ...options, params: { bucket_name: bucket, fingerprint } })
    },
  }
}
