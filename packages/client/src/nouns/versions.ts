import { type Body, packer, platform, type Reply, type Version } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** What a revocation would do, or did; the lists hold a thousand rows at most, the counts count all. */
export type RevocationPlan = Reply<typeof platform.planRevocation>['plan']

/** Why a version is not complete, and what would complete it. */
export type Explanation = Reply<typeof platform.explainVersion>

/** How a version is revoked: at once unless a time is given; with everything built from it unless told. */
export interface RevocationWish {
  readonly reason?: string
  /** Such as `30d` or `2h45m`. */
  readonly in?: string
  /** RFC 3339. */
  readonly at?: string
  readonly keepDescendants?: boolean
  readonly keepChannels?: boolean
  /** The plan that it must come to. */
  readonly planId?: string
}

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
  /** With `rollbackChannels`, channels that point at it go to what they pointed at before; otherwise it is refused then. */
  delete(
    bucket: string,
    fingerprint: string,
    options?: CallOptions & { readonly rollbackChannels?: boolean },
  ): Promise<void>
  /** What a revocation would do; nothing is changed. */
  planRevocation(at: VersionPlace, wish?: RevocationWish, options?: CallOptions): Promise<RevocationPlan>
  /** Refused with `aborted` when it does not come to the plan any more. */
  revoke(at: VersionPlace, wish?: RevocationWish, options?: CallOptions): Promise<RevocationPlan>
  /** Takes back a revocation, or one that is scheduled. */
  restore(at: VersionPlace, options?: CallOptions): Promise<Version>
  explain(at: VersionPlace, options?: CallOptions): Promise<Explanation>
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
    async delete(bucket, fingerprint, { rollbackChannels, ...options } = {}) {
      const query = rollbackChannels ? ({ rollback_channels: 'true' } as const) : {}
      await call(packer.deleteVersion, { ...options, params: { bucket_name: bucket, fingerprint }, query })
    },
    async planRevocation(at, wish = {}, options) {
      const input = { idempotent: true, ...options, params: versionParams(at), body: manner(wish) }
      return (await call(platform.planRevocation, input)).plan
    },
    async revoke(at, wish = {}, options) {
      const { reason, planId } = wish
      const words = {
        ...(reason === undefined ? {} : { revocation_message: reason }),
        ...(planId === undefined ? {} : { plan_id: planId }),
      }
      const input = { ...options, params: versionParams(at), body: { ...manner(wish), ...words } }
      return (await call(platform.revokeVersion, input)).plan
    },
    async restore(at, options) {
      const input = { ...options, params: versionParams(at), body: { restore: true } }
      return (await call(packer.updateVersion, input)).version
    },
    async explain(at, options) {
      return await call(platform.explainVersion, { ...options, params: versionParams(at) })
    },
  }
}

function versionParams({ bucket, fingerprint }: VersionPlace) {
  return { bucket_name: bucket, fingerprint }
}

function manner({ in: revokeIn, at: revokeAt, keepDescendants, keepChannels }: RevocationWish) {
  return {
    ...(revokeIn === undefined ? {} : { revoke_in: revokeIn }),
    ...(revokeAt === undefined ? {} : { revoke_at: revokeAt }),
    ...(keepDescendants ? { skip_descendants_revocation: true } : {}),
    ...(keepChannels ? { disable_rollback_channels: true } : {}),
  }
}
