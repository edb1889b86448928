/** Where a project is. */
export interface ProjectAddress {
  readonly organizationId: string
  readonly projectId: string
}

/** Where a bucket is, by its name. */
export interface BucketAddress extends ProjectAddress {
  readonly bucket: string
}

/** Where a version is, by the fingerprint that its publisher chose. */
export interface VersionAddress extends BucketAddress {
  readonly fingerprint: string
}

/** Where a build is. */
export interface BuildAddress extends VersionAddress {
  readonly buildId: string
}

/** Where a channel is, by its name. */
export interface ChannelAddress extends BucketAddress {
  readonly channel: string
}
