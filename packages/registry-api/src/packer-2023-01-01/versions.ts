import { operation } from '../operation.ts'
import { boolean, dateTime, given, list, object, string, words } from '../schema.ts'
import { Empty, LongOperation, TemplateType, Version } from './models.ts'
import { Pagination, SortedPaging } from './paging.ts'
import { project } from './project-path.ts'

const one = object({ version: Version })
const versions = `${project}/buckets/:bucket_name/versions` as const

/** Starts a version under a fingerprint that the client chose. */
export const createVersion = operation({
  id: 'PackerService_CreateVersion',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: versions,
  body: given({ fingerprint: string, template_type: TemplateType }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** Builds come with their metadata here. */
export const getVersion = operation({
  id: 'PackerService_GetVersion',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${versions}/:fingerprint`,
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** The versions of a bucket, newest first, a page at a time. */
export const listVersions = operation({
  id: 'PackerService_ListVersions',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: versions,
  query: SortedPaging,
  reply: object({ versions: list(Version), pagination: Pagination }),
  seenFrom: ['ingot'],
})

/** Completes, revokes or restores a version. `revoke_at` in the year 1 is how Go clients say that they did not set it. */
export const updateVersion = operation({
  id: 'PackerService_UpdateVersion',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${versions}/:fingerprint`,
  body: given({
    complete: boolean,
    restore: boolean,
    revoke_at: dateTime,
    revoke_in: string,
    revocation_message: string,
    skip_descendants_revocation: boolean,
    disable_rollback_channels: boolean,
  }),
  reply: object({ version: Version, operation: LongOperation }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Takes a version away. */
export const deleteVersion = operation({
  id: 'PackerService_DeleteVersion',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${versions}/:fingerprint`,
  query: object({}, { rollback_channels: words('true', 'false') }),
  reply: Empty,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})
