import { operation } from '../operation.ts'
import { count } from '../packer-2023-01-01/models.ts'
import { Pagination } from '../packer-2023-01-01/paging.ts'
import { int64, list, object, string } from '../schema.ts'
import { BucketAncestry } from './models.ts'
import { project } from './project-path.ts'

/** Parents and children of a bucket's iterations. `type` is `parents`, `children`, a word of the newer interface, or absent for both. */
export const listBucketAncestry = operation({
  id: 'PackerService_ListBucketAncestry',
  plane: 'packer-2021-04-30',
  method: 'GET',
  path: `${project}/images/:bucket_slug/ancestry`,
  query: object(
    {},
    {
      type: string,
      channel: string,
      fingerprint: string,
      iteration_id: string,
      incremental_version: int64,
      'pagination.page_size': int64,
      'pagination.next_page_token': string,
      'pagination.previous_page_token': string,
    },
  ),
  reply: object({ relations: list(BucketAncestry), pagination: Pagination, total_count: count }),
  seenFrom: [],
})
