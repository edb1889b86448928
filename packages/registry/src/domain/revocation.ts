import { clockSkew, longestRevocationDelay, revocationMessageLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import { checkText } from './text.ts'
import type { Instant } from './time.ts'
import type { VersionStatus } from './version.ts'

/** That a version is not to be used from some time on, and why. A version may have several: its own and inherited ones. */
export interface Revocation {
  readonly versionId: string
  /** The version that was revoked by hand; the version itself, or an ancestor. */
  readonly originId: string
  readonly originBucket: string
  readonly originFingerprint: string
  readonly originNumber: number
  /** Whether versions built from the origin inherit it. */
  readonly spreads: boolean
  readonly revokeAt: Instant
  readonly author: string
  readonly message: string
  readonly createdAt: Instant
}

/** What a client asks of a version's validity. */
export interface ValidityWords {
  readonly restore?: boolean
  /** Absent when the client sent none, or one of the year 1, which is how Go says none. */
  readonly revokeAt?: Instant
  /** Such as `30d` or `2h45m`; `0s` is now. */
  readonly revokeIn?: string
  readonly revocationMessage?: string
}

/** What that comes to: nothing, a restoration, or a revocation at a time. */
export type ValidityWish = 'nothing' | 'restore' | { readonly revokeAt: Instant }

/** Reads what a client asks. A time that has passed, or is only just ahead, is now. */
export function readValidity(words: ValidityWords, now: Instant): ValidityWish | Refusal {
  const { restore = false, revokeAt, revokeIn = '', revocationMessage = '' } = words
  const tooLong = checkText('revocation_message', revocationMessage, revocationMessageLength)
  if (tooLong) return tooLong
  if (revokeAt !== undefined && revokeIn !== '') return new Refusal('version.two-times', {})
  const revokes = revokeAt !== undefined || revokeIn !== ''
  if (restore && revokes) return new Refusal('version.restore-and-revoke', {})
  if (restore) return 'restore'
  if (!revokes) return 'nothing'
  const delay = revokeAt !== undefined ? revokeAt - now : readDelay(revokeIn)
  if (delay === undefined) return new Refusal('version.revoke-in', { value: revokeIn })
  if (delay > longestRevocationDelay) return new Refusal('version.revoke-late', {})
  const passed = delay <= clockSkew
  return { revokeAt: passed ? Math.min(now + delay, now) : now + delay }
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a delay such as `30d` or `2h45m`; undefined when it is none. */
export function readDelay(text: string): number | undefined {
  if (!/^(\d{1,9}[smhd]){1,4}$/.test(text)) return undefined
  const parts = text.match(/\d+[smhd]/g) ?? []
  return parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * units[part.at(-1)!]!, 0)
}

/** Refuses to revoke what is revoked already; what is only scheduled may be scheduled anew. */
export function mayRevoke(fingerprint: string, status: VersionStatus): Refusal | undefined {
  return status === 'revoked' ? new Refusal('version.revoked-already', { fingerprint }) : undefined
}

/**
 * Refuses to restore a version that has no revocation of its own. An inherited one goes when its origin is restored, or by
 * hand when the origin is gone.
 */
export function mayRestore(
  versionId: string,
  revocations: readonly Revocation[],
  originExists: (originId: string) => boolean,
): Refusal | undefined {
  if (revocations.length === 0) return new Refusal('version.valid', {})
  const direct = revocations.some(({ originId }) => originId === versionId || !originExists(originId))
  return direct ? undefined : new Refusal('version.inherited', {})
}

/** How a revocation would be done: what tells one plan from another, beside what it touches. */
export interface RevocationManner {
  readonly versionId: string
  /** Whether its time lies ahead. */
  readonly scheduled: boolean
  readonly descendants: boolean
  readonly channels: boolean
}
