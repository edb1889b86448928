import { operation } from '../operation.ts'
import { boolean, dateTime, int32, list, nullable, object, type Static, string, words } from '../schema.ts'
import { project } from './project-path.ts'

const Named = object({ name: string, fingerprint: string })

/** The latest version of a bucket was built from something that has moved on since. */
export const OutdatedBucket = object({
  bucket_name: string,
  version: Named,
  parent_bucket_name: string,
  /** The channel through which the parent was read; `latest` when it was none. */
  parent_channel_name: string,
  built_from: Named,
  now: Named,
})
export type OutdatedBucket = Static<typeof OutdatedBucket>

/** A channel that newer versions have left behind. */
export const BehindChannel = object({
  bucket_name: string,
  channel_name: string,
  version: Named,
  newest: Named,
  behind: int32,
})
export type BehindChannel = Static<typeof BehindChannel>

/** A channel whose version is revoked, or will be. */
export const RevokedChannel = object({
  bucket_name: string,
  channel_name: string,
  version: Named,
  state: words('REVOKED', 'SCHEDULED'),
  revoke_at: dateTime,
})
export type RevokedChannel = Static<typeof RevokedChannel>

/** A bucket in which nothing was completed for long; null when nothing ever was. */
export const QuietBucket = object({ bucket_name: string, newest: nullable(Named), since: dateTime })
export type QuietBucket = Static<typeof QuietBucket>

/**
 * What has been left behind in a project: by `behind` versions or more (3 unless told), without a new version for `days` or more
 * (30 unless told). `whole` is false when a list was too long.
 */
export const listStale = operation({
  id: 'Ingot_ListStale',
  plane: 'platform',
  method: 'GET',
  path: `${project}/stale`,
  query: object({}, { days: string, behind: string }),
  reply: object({
    outdated: list(OutdatedBucket),
    behind: list(BehindChannel),
    revoked: list(RevokedChannel),
    quiet: list(QuietBucket),
    whole: boolean,
  }),
  seenFrom: ['ingot'],
})
