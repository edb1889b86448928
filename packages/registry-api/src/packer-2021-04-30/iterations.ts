import { operation } from '../operation.ts'
import { Empty, LongOperation } from '../packer-2023-01-01/models.ts'
import { Pagination, SortedPaging } from '../packer-2023-01-01/paging.ts'
import { boolean, dateTime, given, int64, list, object, string, words } from '../schema.ts'
import { Iteration, IterationInList, TemplateType } from './models.ts'
import { project } from './project-path.ts'

const plane = 'packer-2021-04-30'
const one = object({ iteration: Iteration })
const iteration = `${project}/iterations/:iteration_id` as const

/** Starts an iteration under a fingerprint that the client chose. packer before 1.8 names no template type. */
export const createIteration = operation({
  id: 'PackerService_CreateIteration',
  plane,
  method: 'POST',
  path: `${project}/images/:bucket_slug/iterations`,
  body: given({ fingerprint: string, template_type: TemplateType }),
  reply: one,
  seenFrom: ['packer'],
})

/**
 * An iteration by its fingerprint, identifier or number: at least one of them, and all that are given must name the same. An
 * unknown fingerprint is answered with code 10, after which packer makes the iteration.
 */
export const getIteration = operation({
  id: 'PackerService_GetIteration',
  plane,
  method: 'GET',
  path: `${project}/images/:bucket_slug/iteration`,
  query: object({}, { fingerprint: string, iteration_id: string, incremental_version: int64 }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp'],
})

/** The iterations of a bucket, newest first, a page at a time. */
export const listIterations = operation({
  id: 'PackerService_ListIterations',
  plane,
  method: 'GET',
  path: `${project}/images/:bucket_slug/iterations`,
  query: SortedPaging,
  reply: object({ iterations: list(IterationInList), pagination: Pagination }),
  seenFrom: [],
})

/**
 * Completes, revokes or restores an iteration. `revoke_at` in the year 1 is how Go clients say that they did not set it. A
 * revocation at once is refused while channels of users point at the iteration, unless `rollback_channels` is true.
 */
export const updateIteration = operation({
  id: 'PackerService_UpdateIteration',
  plane,
  method: 'PATCH',
  path: iteration,
  body: given({
    bucket_slug: string,
    complete: boolean,
    restore: boolean,
    revoke_at: dateTime,
    revoke_in: string,
    revocation_message: string,
    skip_descendants_revocation: boolean,
    rollback_channels: boolean,
  }),
  reply: object({ iteration: Iteration, operation: LongOperation }),
  seenFrom: ['terraform-provider-hcp'],
})

/** Takes an iteration away. */
export const deleteIteration = operation({
  id: 'PackerService_DeleteIteration',
  plane,
  method: 'DELETE',
  path: iteration,
  query: object({}, { bucket_slug: string, rollback_channels: words('true', 'false') }),
  reply: Empty,
  seenFrom: [],
})
