import type { Instant } from './domain/time.ts'
import type { BuildStatus, Labels, TemplateType } from './views.ts'

/** Which part of a list is wanted, in the texts of the wire; an empty text is as good as none. */
export interface Paging {
  readonly pageSize?: string
  readonly nextPageToken?: string
  readonly previousPageToken?: string
}

/** A page of a list in an order: each value `column`, `column asc` or `column desc`, or several joined by commas. */
export interface SortedPaging extends Paging {
  readonly orderBy?: readonly string[]
}

export interface NewBucket {
  readonly name: string
  readonly description?: string
  readonly labels?: Labels
}

/** When either is given, both are replaced: packer drops what is empty from the body, and means it to be cleared. */
export interface BucketChange {
  readonly description?: string
  readonly labels?: Labels
}

export interface NewVersion {
  readonly fingerprint: string
  readonly templateType?: TemplateType
}

export interface VersionChange {
  readonly complete?: boolean
  readonly restore?: boolean
  /** Absent when the client sent none, or one of the year 1, which is how Go says none. */
  readonly revokeAt?: Instant
  /** Such as `30d` or `2h45m`; `0s` is now. */
  readonly revokeIn?: string
  readonly revocationMessage?: string
  readonly skipDescendantsRevocation?: boolean
  readonly disableRollbackChannels?: boolean
}

export interface NewArtifact {
  readonly externalIdentifier: string
  readonly region: string
}

/** What a client tells of a build. An absent or empty field leaves what is stored. */
export interface BuildChange {
  readonly status?: BuildStatus
  readonly packerRunUuid?: string
  readonly platform?: string
  /** Merged into those stored. */
  readonly labels?: Labels
  /** Replaces those stored. */
  readonly artifacts?: readonly NewArtifact[]
  readonly sourceExternalIdentifier?: string
  readonly parentVersionId?: string
  readonly parentChannelId?: string
  /** Any JSON; kept as it is. */
  readonly metadata?: unknown
}

export interface NewBuild extends BuildChange {
  readonly componentType: string
}

export interface NewChannel {
  readonly name: string
  readonly restricted?: boolean
  readonly versionFingerprint?: string
}

/** What the mask names is written; a named field that is absent is cleared. */
export interface ChannelChange {
  /** `versionFingerprint`, `restricted` or both, joined by a comma. */
  readonly updateMask?: string
  readonly versionFingerprint?: string
  readonly restricted?: boolean
}

export interface Promotion {
  readonly sourceChannel: string
  readonly targetChannel: string
}

export interface AncestryQuery extends Paging {
  readonly type?: 'parents' | 'children'
  /** Only children that read their parent through this channel. */
  readonly channelName?: string
  /** Only relations of this version. */
  readonly versionFingerprint?: string
}
