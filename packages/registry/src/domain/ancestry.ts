import type { Instant } from './time.ts'

/** How a child stands to what its parent's channel points at now. */
export type AncestryStatus = 'undetermined' | 'up-to-date' | 'out-of-date'

/**
 * That a build was made from a version. Its publisher declared it, or it was observed: the source of the build is an image of
 * the version.
 */
export interface Edge {
  readonly childBuildId: string
  readonly childVersionId: string
  readonly parentVersionId: string
  readonly parentBucketId: string
  /** The channel through which the publisher read the parent; empty when it was none. */
  readonly parentChannelId: string
  readonly createdAt: Instant
}

const worstLast: readonly AncestryStatus[] = ['up-to-date', 'undetermined', 'out-of-date']

/**
 * The status of a rank: 0 when the channel still points at the parent, 1 when the parent was not read through a channel or
 * the channel is gone or empty, 2 when it points at another version. The rank of several relations is their highest.
 */
export function ancestryStatus(rank: number): AncestryStatus {
  return worstLast[rank]!
}
