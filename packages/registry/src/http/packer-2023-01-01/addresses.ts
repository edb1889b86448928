import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from '../../domain/address.ts'

interface ProjectParams {
  readonly organization_id: string
  readonly project_id: string
}
type BucketParams = ProjectParams & { readonly bucket_name: string }
type VersionParams = BucketParams & { readonly fingerprint: string }

/** Where the path of a call points. */
export function projectAt(at: ProjectParams): ProjectAddress {
  return { organizationId: at.organization_id, projectId: at.project_id }
}

export function bucketAt(at: BucketParams): BucketAddress {
  return { organizationId: at.organization_id, projectId: at.project_id, bucket: at.bucket_name }
}

export function versionAt(at: VersionParams): VersionAddress {
  return { ...bucketAt(at), fingerprint: at.fingerprint }
}

export function buildAt(at: VersionParams & { readonly build_id: string }): BuildAddress {
  return { ...versionAt(at), buildId: at.build_id }
}

export function channelAt(at: BucketParams & { readonly channel_name: string }): ChannelAddress {
  return { ...bucketAt(at), channel: at.channel_name }
}
