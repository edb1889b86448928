import { packer, platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'
import type { BuildPlace } from './builds.ts'

/** A package in a build, with its vulnerabilities where advisories were imported. */
export type Package = Reply<typeof packer.listBuildPackages>['packages'][number]

/** Where a package is; `whole` is false when it was in more places than are listed. */
export type PackageSearch = Reply<typeof platform.searchPackages>

/** What came, went and changed between two versions, component by component. */
export type PackageComparison = Reply<typeof platform.comparePackages>

/** Calls about the packages that bills of materials name; each throws a `ClientError`. */
export interface PackageCalls {
  ofBuild(at: BuildPlace, options?: CallOptions): AsyncGenerator<Package>
  /** Of the versions that the bucket's channels point at. */
  ofBucket(bucket: string, options?: CallOptions): AsyncGenerator<Package>
  /** Where a package is, in all buckets, whose version is in a range such as `>=3.0.0 <3.0.8`. */
  search(name: string, range?: string, options?: CallOptions): Promise<PackageSearch>
  /** Of two versions called `v3` or by their fingerprints. */
  compare(
    bucket: string,
    versions: { readonly from: string; readonly to: string },
    options?: CallOptions,
  ): Promise<PackageComparison>
}

const pageSize = 200

export function packages(call: Call): PackageCalls {
  return {
    async *ofBuild({ bucket, fingerprint, buildId }, options) {
      const params = { bucket_name: bucket, fingerprint, build_id: buildId }
      const fetch = (token?: string) =>
        call(packer.listBuildPackages, { ...options, params, query: pageQuery(token, pageSize) })
      for await (const page of pages(fetch)) yield* page.packages
    },
    async *ofBucket(bucket, options) {
      const params = { bucket_name: bucket }
      const fetch = (token?: string) =>
        call(packer.listBucketPackages, { ...options, params, query: pageQuery(token, pageSize) })
      for await (const page of pages(fetch)) yield* page.packages
    },
    search(name, range, options) {
      const query = range === undefined ? { name } : { name, range }
      return call(platform.searchPackages, { ...options, query })
    },
    compare(bucket, { from, to }, options) {
      return call(platform.comparePackages, {
        ...options,
        params: { bucket_name: bucket },
        query: { from, to },
      })
    },
  }
}
