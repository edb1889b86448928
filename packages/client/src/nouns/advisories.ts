import { packer, platform, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** A publicly known weakness. */
export type Advisory = Reply<typeof platform.listAdvisories>['advisories'][number]

/** An advisory with the packages that it speaks of. */
export type AdvisoryDetails = Reply<typeof platform.getAdvisory>['advisory']

/** How many advisories there are, and when they were imported. */
export type AdvisoryStatus = Reply<typeof platform.getAdvisoryStatus>

/** How many of the advisories that were sent were new, newer, known, or of nothing that could be held against them. */
export type AdvisoryImport = Reply<typeof platform.importAdvisories>

/** A vulnerability of a bucket, and the builds, channels and packages that have it. */
export type BucketVulnerability = Reply<typeof packer.listBucketVulnerabilities>['vulnerabilities'][number]

/** Which advisories; all unless told. */
export interface AdvisoryWish {
  /** For example `Debian:12`. */
  readonly ecosystem?: string
  readonly packageName?: string
  /** What their identifiers begin with. */
  readonly prefix?: string
}

/** Calls about advisories and what they mean; each throws a `ClientError`. */
export interface AdvisoryCalls {
  /** Takes up to 500 advisories in the form of OSV; those that are known and as new change nothing. */
  import(advisories: readonly unknown[], options?: CallOptions): Promise<AdvisoryImport>
  /** By their identifiers. */
  list(wish?: AdvisoryWish, options?: CallOptions): AsyncGenerator<Advisory>
  get(id: string, options?: CallOptions): Promise<AdvisoryDetails>
  status(options?: CallOptions): Promise<AdvisoryStatus>
  /** Of the packages on the channels of a bucket, the worst first. Refused where no advisories were imported. */
  ofBucket(
    bucket: string,
    wish?: { readonly criticality?: readonly string[] },
    options?: CallOptions,
  ): AsyncGenerator<BucketVulnerability>
}

const pageSize = 200

export function advisories(call: Call): AdvisoryCalls {
  return {
    import(some, options) {
      // What was taken already is not taken again, so that sending it twice comes to the same.
      const input = { idempotent: true, ...options, body: { advisories: some } }
      return call(platform.importAdvisories, input)
    },
    async *list({ ecosystem, packageName, prefix } = {}, options) {
      const wish = {
        ...(ecosystem === undefined ? {} : { ecosystem }),
        ...(packageName === undefined ? {} : { package_name: packageName }),
        ...(prefix === undefined ? {} : { identifier_starts_with: prefix }),
      }
      const fetch = (token?: string) =>
        call(platform.listAdvisories, { ...options, query: { ...wish, ...pageQuery(token, pageSize) } })
      for await (const page of pages(fetch)) yield* page.advisories
    },
    async get(id, options) {
      return (await call(platform.getAdvisory, { ...options, params: { advisory_id: id } })).advisory
    },
    status(options) {
      return call(platform.getAdvisoryStatus, { ...options })
    },
    async *ofBucket(bucket, { criticality = [] } = {}, options) {
      const params = { bucket_name: bucket }
      const fetch = (token?: string) =>
        call(packer.listBucketVulnerabilities, {
          ...options,
          params,
          query: { criticality, ...pageQuery(token, pageSize) },
        })
      for await (const page of pages(fetch)) yield* page.vulnerabilities
    },
  }
}
