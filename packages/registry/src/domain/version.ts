import type { AncestryStatus } from './ancestry.ts'
import type { BuildStatus } from './build.ts'
import { Refusal } from './refusal.ts'
import type { Revocation } from './revocation.ts'
import type { Instant } from './time.ts'

export type TemplateType = 'unset' | 'hcl2' | 'json'

export type VersionStatus =
  | 'incomplete'
  | 'running'
  | 'failed'
  | 'cancelled'
  | 'active'
  | 'revocation-scheduled'
  | 'revoked'

/** What one fingerprint made in a bucket. */
export interface Version {
  readonly id: string
  readonly bucketId: string
  readonly fingerprint: string
  /** 0 until it is complete. */
  readonly number: number
  readonly templateType: TemplateType
  readonly author: string
  /** Counts everything stored that a reader of the version can see. */
  readonly revision: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What tells a version from all others. */
export type VersionKey = Pick<Version, 'id' | 'bucketId' | 'fingerprint' | 'number'>

/** A version and how it stands among the others. */
export interface VersionStanding extends Version {
  readonly bucketName: string
  /** The revocation that counts: the earliest, the version's own before an inherited one. */
  readonly revocation: Revocation | null
  readonly hasDescendants: boolean
  /** How far it is behind its parents; undefined when it has none that are known. */
  readonly parents: AncestryStatus | undefined
}

/** As much of a version as tells one rendering of it from another. */
export interface VersionSight
  extends Pick<VersionStanding, 'id' | 'revision' | 'hasDescendants' | 'parents'> {
  readonly revokeAt: Instant | null
}

/** `v0` while incomplete: packer takes any other name for a complete version. */
export function versionName(number: number): string {
  return `v${number}`
}

/** What may be revoked from a time on. */
interface Revocable {
  readonly revocation: { readonly revokeAt: Instant } | null
}

/** The state of a version as of now. `builds` may be left out for a complete version. */
export function versionStatus(
  version: Pick<VersionStanding, 'number'> & Revocable,
  builds: readonly BuildStatus[],
  now: Instant,
): VersionStatus {
  if (version.revocation) return isRevoked(version, now) ? 'revoked' : 'revocation-scheduled'
  if (version.number > 0) return 'active'
  for (const status of ['running', 'failed', 'cancelled'] as const) if (builds.includes(status)) return status
  return 'incomplete'
}

/** Whether a version counts as revoked as of now; a revocation may lie ahead. */
export function isRevoked({ revocation }: Revocable, now: Instant): boolean {
  return revocation !== null && revocation.revokeAt <= now
}

/** Tells one rendering of a version from another: names all that changes, by a write or by the clock. */
export function revisionOf(version: VersionSight, now: Instant): string {
  const { revision, hasDescendants, parents = '', revokeAt } = version
  const revoked = revokeAt !== null && revokeAt <= now
  return `${revision}.${revoked ? 'revoked' : ''}.${hasDescendants ? 'parent' : ''}.${parents}`
}

/** A version is complete in the same step in which all the builds that it has are done. */
export function completes(builds: readonly BuildStatus[]): boolean {
  return builds.length > 0 && builds.every((status) => status === 'done')
}

/** The number of a version that is completed now: a deleted newest number comes back. */
export function nextNumber(highest: number): number {
  return highest + 1
}

/** Refuses to call a version complete by hand while it has builds that are not done, or none. */
export function checkCompletion(
  version: Version,
  builds: readonly { readonly componentType: string; readonly status: BuildStatus }[],
): Refusal | undefined {
  if (version.number > 0 || completes(builds.map((build) => build.status))) return undefined
  const pending = builds.filter((build) => build.status !== 'done').map((build) => build.componentType)
  return new Refusal('version.unfinished', { fingerprint: version.fingerprint, pending })
}
