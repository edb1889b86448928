import type { ProjectAddress } from './domain/address.ts'
import type { AncestryStatus } from './domain/ancestry.ts'
import type { Candidate } from './domain/artifact-choice.ts'
import type { BuildStatus } from './domain/build.ts'
import type { EnforcedBlock, EnforcedBlockLink, EnforcedBlockVersion } from './domain/enforced-block.ts'
import type { Labels } from './domain/labels.ts'
import type { Advisory } from './domain/osv.ts'
import type { PackageChanges } from './domain/package-changes.ts'
import type { Binding } from './domain/policy.ts'
import type { Package, Sbom } from './domain/sbom.ts'
import type { OnUntracked, Tier } from './domain/tenant.ts'
import type { Instant } from './domain/time.ts'
import type { TemplateType, VersionStatus } from './domain/version.ts'
import type { BuildProgress, NextStep } from './domain/version-progress.ts'

export interface OrganizationView {
  /** A UUID. */
  readonly id: string
  readonly name: string
  readonly createdAt: Instant
}

/** A service principal. */
export interface PrincipalView {
  /** A ULID. */
  readonly id: string
  readonly name: string
  readonly organizationId: string
  /** Absent when it is one of the organization. */
  readonly projectId?: string
  readonly createdAt: Instant
}

/** A key of a principal, without its secret. */
export interface KeyView {
  readonly clientId: string
  readonly createdAt: Instant
}

/** Which roles were given on a resource, in the order in which they were. */
export interface PolicyView {
  readonly bindings: readonly Binding[]
  readonly etag: string
}

export interface ProjectView {
  /** A UUID. */
  readonly id: string
  readonly organizationId: string
  readonly name: string
  readonly description: string
  readonly createdAt: Instant
}

export interface RegistryView extends ProjectAddress {
  readonly id: string
  readonly activated: boolean
  readonly tier: Tier
  /** Names it in the addresses of its run tasks. */
  readonly runTaskId: string
  readonly onUntracked: OnUntracked
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export interface ArtifactView {
  readonly id: string
  readonly externalIdentifier: string
  readonly region: string
  readonly createdAt: Instant
}

export interface BuildView {
  readonly id: string
  readonly versionId: string
  readonly componentType: string
  readonly status: BuildStatus
  readonly platform: string
  readonly packerRunUuid: string
  readonly labels: Labels
  /** In the order in which the client sent them. */
  readonly artifacts: readonly ArtifactView[]
  readonly sourceExternalIdentifier: string
  readonly parentVersionId: string
  readonly parentChannelId: string
  /** What the client told of the pipeline, as it came; null when it told nothing, absent where it was not asked for. */
  readonly metadata?: unknown
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** The version from which a revocation came down. */
export interface RevokedAncestorView {
  readonly bucketName: string
  readonly versionId: string
  readonly fingerprint: string
  /** `v3`; `v0` while incomplete. */
  readonly name: string
}

export interface RevocationView {
  /** From then on the version counts as revoked; may lie ahead. */
  readonly at: Instant
  readonly author: string
  readonly message: string
  /** Absent when the version itself was revoked. */
  readonly inheritedFrom?: RevokedAncestorView
}

/** What identifies a rendering of a version: two equal revisions of one version look the same to every reader. */
export interface VersionHead {
  readonly id: string
  /** Opaque; it changes with everything visible, the passing of a scheduled revocation's time included. */
  readonly revision: string
}

export interface VersionView extends VersionHead {
  readonly organizationId: string
  readonly projectId: string
  readonly bucketName: string
  readonly fingerprint: string
  /** 0 while incomplete. */
  readonly number: number
  /** `v0` while incomplete, then `v1`, `v2` … */
  readonly name: string
  /** As of the time of the call. */
  readonly status: VersionStatus
  readonly templateType: TemplateType
  readonly author: string
  /** Oldest first. */
  readonly builds: readonly BuildView[]
  readonly hasDescendants: boolean
  /** How far the version is behind its parents; absent when it has none that are known. */
  readonly parents?: AncestryStatus
  readonly revocation?: RevocationView
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A channel without what is assigned to it. */
export interface ChannelFacts {
  readonly id: string
  readonly name: string
  readonly bucketName: string
  readonly author: string
  /** Whether the registry itself keeps it: so is `latest`. */
  readonly managed: boolean
  readonly restricted: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** A channel and what identifies the assigned version's rendering: one short read. */
export interface ChannelHead {
  /** The same object for as long as nothing changes. */
  readonly channel: ChannelFacts
  readonly version: VersionHead | null
}

export interface ChannelView extends ChannelFacts {
  readonly version: VersionView | null
}

/** A build on a channel that carries what was asked for. */
export interface LabelledView {
  readonly bucketId: string
  readonly channelId: string
  readonly version: VersionView
  /** With those artifacts only that are where they were wanted. */
  readonly build: BuildView
}

/** A row of a channel's history; a null version says that the channel was emptied. */
export interface AssignmentView {
  readonly assignedAt: Instant
  readonly author: string
  readonly version: VersionView | null
}

export interface BucketView {
  readonly id: string
  readonly organizationId: string
  readonly projectId: string
  readonly name: string
  readonly description: string
  readonly labels: Labels
  /** Of the latest version, each once, in alphabetical order. */
  readonly platforms: readonly string[]
  /** The version on the channel `latest`. */
  readonly latestVersion: VersionView | null
  /** Complete and incomplete ones. */
  readonly versionCount: number
  /** How far the latest version is behind its parents; absent when it has none. */
  readonly parents?: AncestryStatus
  /** How far the buckets built from this one are behind; absent when there are none. */
  readonly children?: AncestryStatus
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What was begun last in a bucket. */
export interface NewestView {
  /** Complete or not. */
  readonly version: VersionView
  /** The number of the newest complete version; 0 when there is none. */
  readonly highestNumber: number
}

/** One pair of a version and a version that was built from it. */
export interface RelationView {
  readonly parent: RelativeView & {
    /** The channel through which the parent was read; empty when it was none, or is gone. */
    readonly channelName: string
    /** What that channel points at now. */
    readonly channelVersion: {
      readonly id: string
      readonly name: string
      readonly fingerprint: string
    } | null
  }
  readonly child: RelativeView
  readonly status: AncestryStatus
}

export interface RelativeView {
  readonly bucketName: string
  readonly versionId: string
  readonly versionName: string
  readonly fingerprint: string
}

/** Something that clients may wait for. Ours are done when they are told of. */
export interface OperationView extends ProjectAddress {
  readonly id: string
  readonly createdAt: Instant
}

/** Versions and who was built from whom. */
export interface GraphView {
  /** The start first, then by distance. */
  readonly nodes: readonly GraphNodeView[]
  readonly edges: readonly GraphEdgeView[]
  /** False when there were more versions than a graph shows. */
  readonly whole: boolean
}

export interface GraphNodeView {
  /** Steps from the start: 1 was built from it, -1 is what it was built from. */
  readonly depth: number
  readonly versionId: string
  readonly bucketName: string
  readonly fingerprint: string
  readonly name: string
  /** Of an incomplete version only that it is incomplete. */
  readonly status: VersionStatus
  /** The channels that point at it, as far as the caller may see them. */
  readonly channels: readonly string[]
  readonly createdAt: Instant
}

export interface GraphEdgeView {
  readonly parentId: string
  readonly childId: string
  /** Said by the publisher of the child, or found by the identifiers of the images. */
  readonly kind: 'declared' | 'observed'
  /** The channel through which the parent was read; empty when it was none, or is gone. */
  readonly channelName: string
  readonly status: AncestryStatus
}

/** What a revocation would do, or did. */
export interface RevocationPlanView {
  /** Tells this plan from any other: of a world that has changed since, another one is made. */
  readonly id: string
  readonly version: PlannedVersionView
  readonly revokeAt: Instant
  /** Those built from it that would be revoked with it, the nearest first; a thousand at most. */
  readonly descendants: readonly PlannedVersionView[]
  readonly descendantCount: number
  /** The channels that would move; a thousand at most. */
  readonly channels: readonly PlannedMoveView[]
  readonly channelCount: number
}

export interface PlannedVersionView {
  readonly versionId: string
  readonly bucketName: string
  readonly fingerprint: string
  readonly name: string
  /** Whether it is revoked as it is. */
  readonly revoked: boolean
}

/** A channel, and where it would go. */
export interface PlannedMoveView {
  readonly bucketName: string
  readonly channel: string
  readonly from: { readonly name: string; readonly fingerprint: string }
  /** Null when nothing older is left to point at. */
  readonly to: { readonly name: string; readonly fingerprint: string } | null
}

export interface EnforcedBlockView extends EnforcedBlock {
  readonly organizationId: string
  /** The newest; null when all were deleted. */
  readonly latestVersion: EnforcedBlockVersion | null
}

/** A version of a block with the block's id and name. */
export interface EnforcedDetailView {
  readonly id: string
  readonly name: string
  readonly version: EnforcedBlockVersion
}

export type EnforcedLinkView = EnforcedBlockLink & { readonly bucketName: string }

/** A block that a build should have run, and whether its publisher was told so before the build started. */
export interface EnforcementView {
  readonly buildId: string
  readonly componentType: string
  readonly blockId: string
  readonly blockName: string
  readonly versionLabel: string
  readonly told: boolean
}

export interface RunTaskView {
  /** Below the address of this server. */
  readonly path: string
  /** The key of the signatures; 64 characters. */
  readonly hmacKey: string
}

/** A build that made an image. */
export interface FoundImageView {
  readonly bucket: { readonly id: string; readonly name: string; readonly labels: Labels }
  readonly version: VersionView
  readonly build: BuildView
}

export type SbomView = Sbom

/** A bill of materials as it was before it was compressed. */
export interface SbomDocumentView {
  readonly name: string
  readonly document: Buffer
}

/** A package in a build, and the bills of materials that name it. */
export interface PackageView extends Package {
  readonly buildId: string
  readonly componentType: string
  /** Empty when it was asked for by build. */
  readonly channelId: string
  readonly channelName: string
  readonly sboms: readonly SbomView[]
}

/** Where a package is. */
export interface PackageSearchView {
  /** By bucket, the newest version first. */
  readonly places: readonly {
    readonly package: Package
    readonly bucketName: string
    /** 0 while incomplete. */
    readonly number: number
    readonly versionName: string
    readonly fingerprint: string
    readonly revoked: boolean
    readonly componentType: string
    readonly buildId: string
    /** Those that point at the version, as far as the caller may see them. */
    readonly channels: readonly string[]
  }[]
  /** False when there were more than are listed. */
  readonly whole: boolean
}

/** What became of the packages of a bucket between two versions. */
export interface PackageComparisonView {
  readonly from: NamedVersionView
  readonly to: NamedVersionView
  readonly components: readonly (PackageChanges & {
    readonly componentType: string
    /** Which of the versions have bills of materials of the component. */
    readonly described: 'both' | 'before' | 'after'
    /** Of all, where the lists are cut. */
    readonly counts: { readonly [Kind in keyof PackageChanges]: number }
  })[]
}

/** An advisory that means a package. */
export interface VulnerabilityView extends Omit<AdvisoryFacts, 'aliases'> {
  /** Other identifiers of the same weakness. */
  readonly refersTo: readonly string[]
  /** The first version that is not meant; empty when none is known. */
  readonly fixedVersion: string
  /** When it could first be known that it means the package. */
  readonly firstSeenAt: Instant
}

/** A package that was held against advisories. */
export interface AssessedPackageView extends PackageView {
  /** When advisories for it were last imported; null when none ever were, and nobody can tell. */
  readonly scannedAt: Instant | null
  /** The worst first. */
  readonly vulnerabilities: readonly VulnerabilityView[]
}

/** A weakness in a bucket, and where it is. */
export interface BucketVulnerabilityView {
  readonly vulnerability: VulnerabilityView
  readonly builds: readonly { readonly id: string; readonly name: string }[]
  readonly channels: readonly { readonly id: string; readonly name: string }[]
  readonly packages: readonly Package[]
}

/** Vulnerabilities of a bucket, counted. A criticality is a place in the list of them. */
export interface VulnerabilitySummaryView {
  readonly channels: readonly {
    readonly channelId: string
    readonly channelName: string
    readonly criticality: number
    readonly count: number
  }[]
  readonly packages: readonly (Package & { readonly criticality: number; readonly count: number })[]
  /** One for each criticality, the worst first. */
  readonly totals: readonly {
    readonly criticality: number
    readonly count: number
    readonly averageAgeDays: number
    readonly firstSeenAt: Instant | null
  }[]
}

type AdvisoryFacts = Omit<Advisory, 'affected'>

/** An advisory and the packages that it speaks of. */
export type AdvisoryView = Advisory

/** What came of an import. */
export interface ImportView {
  readonly added: number
  readonly updated: number
  /** Those that were here already, as new or newer. */
  readonly unchanged: number
  /** Those that speak of no package that could be in a bill of materials. */
  readonly ignored: number
}

/** What is known of advisories. */
export interface AdvisoryStatusView {
  readonly advisories: number
  /** Null when none were ever imported. */
  readonly importedAt: Instant | null
  readonly streams: readonly {
    /** A release of an ecosystem, for example `Debian:12`. */
    readonly stream: string
    readonly importedAt: Instant
    readonly advisories: number
    readonly withdrawn: number
  }[]
}

/** The image that fits, and where it comes from. */
export interface ResolvedView {
  readonly artifact: Candidate
  readonly version: VersionView
  /** With empty words when a version was named. */
  readonly channel: { readonly id: string; readonly name: string }
}

/** Who read a version through a channel, how often, and when. */
export interface ConsumerView {
  readonly versionId: string
  readonly versionName: string
  readonly fingerprint: string
  /** Empty when it was asked for by its fingerprint, or the channel is gone. */
  readonly channelName: string
  readonly principalId: string
  readonly principalName: string
  /** For example `packer/1.16.0`; empty when it did not say. */
  readonly client: string
  readonly reads: number
  readonly firstReadAt: Instant
  readonly lastReadAt: Instant
}

/** A version by what people call it. */
export interface NamedVersionView {
  readonly name: string
  readonly fingerprint: string
}

/** What has been left behind in a project. */
export interface StaleView {
  readonly outdated: readonly {
    readonly bucketName: string
    readonly version: NamedVersionView
    readonly parentBucketName: string
    readonly parentChannelName: string
    readonly builtFrom: NamedVersionView
    readonly now: NamedVersionView
  }[]
  readonly behind: readonly {
    readonly bucketName: string
    readonly channelName: string
    readonly version: NamedVersionView
    readonly newest: NamedVersionView
    readonly behind: number
  }[]
  readonly revoked: readonly {
    readonly bucketName: string
    readonly channelName: string
    readonly version: NamedVersionView
    readonly revokeAt: Instant
    /** Whether the time has come. */
    readonly revoked: boolean
  }[]
  readonly quiet: readonly {
    readonly bucketName: string
    readonly newest: NamedVersionView | null
    readonly since: Instant
  }[]
  /** False when a list was too long. */
  readonly whole: boolean
}

/** Why a version is not complete. */
export interface ExplanationView {
  readonly version: VersionView
  readonly builds: readonly (BuildProgress & { readonly unenforced: readonly string[] })[]
  /** The complete version whose components are expected. */
  readonly comparedWith: NamedVersionView | null
  readonly next: NextStep
  readonly templatePath: string
}
