import type { BucketPlan } from '../plan/build-plan.ts'
import type { BuildRecord } from '../publish/build-record.ts'

/** What packer's `manifest` post-processor wrote, or what this engine kept when a registry stayed away. */
export interface Manifest {
  readonly builds: readonly ManifestBuild[]
  readonly lastRunUuid: string
  /** Only in a file that this engine kept: how to finish the version. */
  readonly unfinished?: UnfinishedVersion
}

/** One artifact of one build. */
export interface ManifestBuild {
  /** The source's name; in JSON templates the builder's. */
  readonly name: string
  /** For example `amazon-ebs`. */
  readonly builderType: string
  /** As the artifact calls itself, for example `us-east-1:ami-1,eu-west-1:ami-2`. */
  readonly artifactId: string
  readonly runUuid: string
  /** Unix seconds; 0 where it is not known. */
  readonly buildTime: number
  readonly files: readonly string[]
  readonly customData: Readonly<Record<string, string>>
  /** Only in a file that this engine kept: what is to be published, to the letter. */
  readonly record?: BuildRecord
}

/** A version that could not be published to its end. */
export interface UnfinishedVersion {
  readonly bucket: BucketPlan
  readonly fingerprint: string
  /** Every build of the version, those that are missing here included. */
  readonly components: readonly string[]
  readonly channels: readonly string[]
}
