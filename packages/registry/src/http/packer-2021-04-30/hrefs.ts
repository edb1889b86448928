import type { BucketAddress } from '../../domain/address.ts'

/** The path of the call that lists the relations of a bucket. */
export function ancestryPath(at: BucketAddress, query: Readonly<Record<string, string>>): string {
  const { organizationId, projectId, bucket } = at
  const path = `/packer/2021-04-30/organizations/${organizationId}/projects/${projectId}/images/${encodeURIComponent(bucket)}/ancestry`
  return `${path}?${new URLSearchParams(query)}`
}
