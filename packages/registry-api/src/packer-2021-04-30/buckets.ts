import { operation } from '../operation.ts'
import { Empty } from '../packer-2023-01-01/models.ts'
import { Pagination, SortedPaging } from '../packer-2023-01-01/paging.ts'
import { given, labels, list, object, string } from '../schema.ts'
import { Bucket } from './models.ts'
import { project } from './project-path.ts'

const plane = 'packer-2021-04-30'
const one = object({ bucket: Bucket })
/** A bucket by its name, or by its identifier where no bucket has that name. */
const bucket = `${project}/images/:bucket_slug` as const

/** Makes a bucket and its managed channel `latest`. The first call of every run of packer 1.7 to 1.9, also for a bucket that is there. */
export const createBucket = operation({
  id: 'PackerService_CreateBucket',
  plane,
  method: 'PUT',
  path: `${project}/images`,
  body: given({ bucket_slug: string, description: string, labels }),
  reply: one,
  seenFrom: ['packer'],
})

/** `bucket_id` counts where no bucket has the name in the path. */
export const getBucket = operation({
  id: 'PackerService_GetBucket',
  plane,
  method: 'GET',
  path: bucket,
  query: object({}, { bucket_id: string }),
  reply: one,
  seenFrom: ['terraform-provider-hcp'],
})

/** The buckets of a project, a page at a time. */
export const listBuckets = operation({
  id: 'PackerService_ListBuckets',
  plane,
  method: 'GET',
  path: `${project}/images`,
  query: SortedPaging,
  reply: object({ buckets: list(Bucket), pagination: Pagination }),
  seenFrom: ['terraform-provider-hcp'],
})

/** Replaces description and labels: packer always sends all it wants, and drops what is empty. */
export const updateBucket = operation({
  id: 'PackerService_UpdateBucket',
  plane,
  method: 'PATCH',
  path: bucket,
  body: given({ description: string, labels, platforms: list(string) }),
  reply: one,
  seenFrom: ['packer'],
})

/** Deletes a bucket with its iterations, builds and channels. */
export const deleteBucket = operation({
  id: 'PackerService_DeleteBucket',
  plane,
  method: 'DELETE',
  path: bucket,
  reply: Empty,
  seenFrom: [],
})
