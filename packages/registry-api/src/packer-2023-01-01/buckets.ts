import { operation } from '../operation.ts'
import { given, labels, list, object, string } from '../schema.ts'
import { Bucket, Empty } from './models.ts'
import { Pagination, SortedPaging } from './paging.ts'
import { project } from './project-path.ts'

const one = object({ bucket: Bucket })

/** Makes a bucket and its managed channel `latest`. */
export const createBucket = operation({
  id: 'PackerService_CreateBucket',
  plane: 'packer-2023-01-01',
  method: 'PUT',
  path: `${project}/buckets`,
  body: given({ name: string, description: string, labels }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** One bucket, with its latest version. */
export const getBucket = operation({
  id: 'PackerService_GetBucket',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/buckets/:bucket_name`,
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** The buckets of a project, a page at a time. */
export const listBuckets = operation({
  id: 'PackerService_ListBuckets',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/buckets`,
  query: SortedPaging,
  reply: object({ buckets: list(Bucket), pagination: Pagination }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Replaces description and labels: packer always sends all it wants, and drops what is empty. */
export const updateBucket = operation({
  id: 'PackerService_UpdateBucket',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${project}/buckets/:bucket_name`,
  body: given({ description: string, labels, platforms: list(string) }),
  reply: one,
  seenFrom: ['packer', 'ingot'],
})

/** Deletes a bucket with its versions, builds and channels. */
export const deleteBucket = operation({
  id: 'PackerService_DeleteBucket',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${project}/buckets/:bucket_name`,
  reply: Empty,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})
