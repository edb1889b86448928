import type { ArtifactWish } from './domain/artifact-choice.ts'
import type { BucketWords } from './domain/bucket.ts'
import type { BuildWords } from './domain/build.ts'
import type { EnforcedContent } from './domain/enforced-block.ts'
import type { Labels } from './domain/labels.ts'
import type { Paging, SortedPaging } from './domain/page.ts'
import type { ValidityWords } from './domain/revocation.ts'
import type { SbomFormat } from './domain/sbom.ts'
import type { Tier } from './domain/tenant.ts'
import type { TemplateType } from './domain/version.ts'
import type { VersionWords } from './domain/version-words.ts'

export interface NewBucket extends BucketWords {
  readonly name: string
}

/** When either is given, both are replaced: packer drops what is empty from the body, and means it to be cleared. */
export type BucketChange = BucketWords

export interface NewVersion {
  readonly fingerprint: string
  readonly templateType?: TemplateType
}

export interface VersionChange extends RevocationWords {
  readonly complete?: boolean
}

export type BuildChange = BuildWords

export interface NewBuild extends BuildWords {
  readonly componentType: string
}

export interface NewChannel extends VersionWords {
  readonly name: string
  readonly restricted?: boolean
}

/** What the mask names is written; a named field that is absent is cleared. */
export interface ChannelChange {
  /** `versionFingerprint`, `restricted` or both, joined by a comma. */
  readonly updateMask?: string
  readonly versionFingerprint?: string
  readonly restricted?: boolean
}

/** The same in the 2021 interface: without a mask everything is written. */
export interface OldChannelChange extends VersionWords {
  /** `restriction`, `iterationId`, `fingerprint`, `incrementalVersion`, joined by commas. */
  readonly mask?: string
  readonly restricted?: boolean
}

export interface Promotion {
  readonly sourceChannel: string
  readonly targetChannel: string
}

/** Words for a version ask for its relations only. */
export interface AncestryQuery extends Paging, VersionWords {
  readonly type?: 'parents' | 'children'
  /** Only children that read their parent through this channel. */
  readonly channelName?: string
}

export interface GraphQuery {
  readonly direction?: 'ancestors' | 'descendants' | 'both'
  /** Steps from the start; as many as there may be when absent. */
  readonly depth?: number
  /** The version to start at; all of the bucket's when absent. */
  readonly versionFingerprint?: string
}

/** How a revocation is to be done. */
export interface RevocationWords extends ValidityWords {
  readonly skipDescendantsRevocation?: boolean
  readonly disableRollbackChannels?: boolean
  /** Whether a revocation at once is refused while channels of users point at what it reaches. */
  readonly refuseAssigned?: boolean
}

export interface PlannedRevocation extends RevocationWords {
  /** The plan that it must come to; any will do when absent. */
  readonly planId?: string
}

export interface NewEnforcedBlock extends EnforcedContent {
  readonly name: string
  readonly labels?: Labels
}

/** What is given is written. */
export interface EnforcedBlockChange {
  readonly name?: string
  readonly labels?: Labels
}

/** What is given is written. */
export interface RegistryChange {
  readonly tier?: Tier
  readonly activated?: boolean
}

export interface ImageQuery extends Paging {
  readonly externalIdentifier: string
  /** Any when absent. */
  readonly platform?: string
  /** Any when absent. */
  readonly region?: string
}

export interface NewSbom {
  /** Empty to have one given. */
  readonly name: string
  readonly format: SbomFormat
  /** JSON, compressed with zstd, in base64. */
  readonly content: string
  /** Whether the build is over; it is marked so. */
  readonly late: boolean
}

export interface PackageQuery extends SortedPaging {
  readonly name?: string
  readonly nameStartsWith?: string
  readonly version?: string
}

export interface PackageSearch {
  readonly name: string
  /** For example `>=3.0.0 <3.0.8`; empty means every version. */
  readonly range: string
}

/** Two versions of a bucket, each called `v3` or by its fingerprint. */
export interface VersionPair {
  readonly from: string
  readonly to: string
}

/** Which vulnerabilities; any when a word is empty or absent. */
export interface VulnerabilityQuery extends SortedPaging {
  /** Words such as `High`, each alone or several joined by commas. */
  readonly criticality?: readonly string[]
  readonly identifier?: string
  readonly prefix?: string
}

export type VulnerablePackageQuery = VulnerabilityQuery & PackageQuery

/** Which advisories; any when a word is empty or absent. */
export interface AdvisoryQuery extends SortedPaging {
  /** For example `Debian:12`. */
  readonly ecosystem?: string
  readonly packageName?: string
  readonly prefix?: string
}

/** Which image: of the version on a channel, `latest` unless told, or of a version called `v3` or by its fingerprint. */
export interface ArtifactQuery extends ArtifactWish {
  readonly channel?: string
  readonly version?: string
}

export interface StaleQuery {
  /** Days without a new version. */
  readonly days: number
  /** Versions that a channel is behind. */
  readonly behind: number
}

export interface NewProject {
  readonly name: string
  readonly description?: string
}

/** What is given is written. */
export type ProjectChange = Partial<NewProject>

/** Roles as they are to be; with an etag, only if they are still those that it was read with. */
export interface PolicyWish {
  readonly bindings: readonly { readonly principalId: string; readonly role: string }[]
  readonly etag?: string
}
