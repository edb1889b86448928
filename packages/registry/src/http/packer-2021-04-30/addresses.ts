import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from '../../domain/address.ts'
import type { Caller } from '../../domain/caller.ts'
import type { Registry } from '../../registry/registry.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'

interface ProjectParams {
  readonly organization_id: string
  readonly project_id: string
}
type BucketParams = ProjectParams & { readonly bucket_slug: string }

/** As much of a call as finding things needs. */
interface Asked<Params> {
  readonly registry: Registry
  readonly caller: Caller
  readonly at: Params
}

const identifier = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** The bucket of the path, whose segment is a name or an identifier. */
export async function bucketAt({ registry, caller, at }: Asked<BucketParams>): Promise<BucketAddress> {
  const named = { ...projectAt(at), bucket: at.bucket_slug }
  return identifier.test(at.bucket_slug) ? registry.addresses.bucket(caller, named) : named
}

/** The channel of the path, whose segment is a name or an identifier. */
export async function channelAt(
  call: Asked<BucketParams & { readonly slug: string }>,
): Promise<ChannelAddress> {
  const { registry, caller, at } = call
  const named = { ...(await bucketAt(call)), channel: at.slug }
  return identifier.test(at.slug) ? registry.addresses.channel(caller, named) : named
}

/** The iteration of the path, in the bucket of the path. */
export async function iterationInBucket(
  call: Asked<BucketParams & { readonly iteration_id: string }>,
): Promise<VersionAddress> {
  const { registry, caller, at } = call
  return registry.addresses.version(caller, await bucketAt(call), at.iteration_id)
}

/** The iteration of the path; in a bucket, if the client says in which. */
export async function iterationAt(
  { registry, caller, at }: Asked<ProjectParams & { readonly iteration_id: string }>,
  bucketSlug: string | null | undefined,
): Promise<VersionAddress> {
  const project: ProjectAddress = projectAt(at)
  if (!bucketSlug) return registry.addresses.version(caller, project, at.iteration_id)
  const bucket = await bucketAt({ registry, caller, at: { ...at, bucket_slug: bucketSlug } })
  return registry.addresses.version(caller, bucket, at.iteration_id)
}

/** The build of the path. */
export function buildAt({
  registry,
  caller,
  at,
}: Asked<ProjectParams & { readonly build_id: string }>): Promise<BuildAddress> {
  return registry.addresses.build(caller, projectAt(at), at.build_id)
}
