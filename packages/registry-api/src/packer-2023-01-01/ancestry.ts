import { operation } from '../operation.ts'
import { given, int64, labels, list, nullable, object, string, words } from '../schema.ts'
import { BucketAncestry, Build, count, RevocationType, VersionStatus } from './models.ts'
import { Pagination, Paging } from './paging.ts'
import { project } from './project-path.ts'

/** Parents and children of a bucket's versions. */
export const listBucketAncestry = operation({
  id: 'PackerService_ListBucketAncestry',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/ancestry`,
  query: object(
    {},
    {
      type: words('ANCESTRY_TYPE_UNSET', 'ANCESTRY_TYPE_PARENTS', 'ANCESTRY_TYPE_CHILDREN'),
      channel_name: string,
      version_fingerprint: string,
      'pagination.page_size': int64,
      'pagination.next_page_token': string,
      'pagination.previous_page_token': string,
    },
  ),
  reply: object({ relations: list(BucketAncestry), pagination: Pagination, total_count: count }),
  seenFrom: [],
})

const FoundVersion = object(
  {
    id: string,
    name: string,
    fingerprint: string,
    author_id: string,
    status: VersionStatus,
    revoke_at: nullable(string),
  },
  { revocation_author: string, revocation_message: string, revocation_type: RevocationType },
)

/** Where an image id of a platform was made. */
export const searchExternalArtifact = operation({
  id: 'PackerService_SearchExternalArtifact',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: `${project}/_search/external_artifact`,
  query: Paging,
  body: given({ external_identifier: string, platform: string, region: string }),
  reply: object({
    artifacts: list(
      object({ bucket: object({ id: string, name: string, labels }), version: FoundVersion, build: Build }),
    ),
    pagination: Pagination,
  }),
  seenFrom: ['ingot'],
})
