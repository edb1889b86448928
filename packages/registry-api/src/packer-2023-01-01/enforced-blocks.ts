import { operation } from '../operation.ts'
import { dateTime, given, labels, list, nullable, object, type Static, string } from '../schema.ts'
import { Bucket, Empty, Location, TemplateType } from './models.ts'
import { SortedPaging } from './paging.ts'
import { project } from './project-path.ts'

const blocks = `${project}/enforced_blocks` as const
const versions = `${blocks}/:enforced_block_id/versions` as const
const oneVersion = `${versions}/:enforced_block_version_id` as const

const BlockVersion = object({
  id: string,
  enforced_block_id: string,
  version: string,
  template_type: TemplateType,
  block_content: string,
  additional_description: string,
  created_at: dateTime,
  updated_at: dateTime,
})

const Block = object({
  id: string,
  name: string,
  resource_name: string,
  location: Location,
  labels,
  latest_version: nullable(BlockVersion),
  created_at: dateTime,
  updated_at: dateTime,
})

const Detail = object({ id: string, name: string, version: nullable(BlockVersion) })
/** An enforced block with its versions. */
export type EnforcedBlockDetail = Static<typeof Detail>
const Details = object({ enforced_block_detail: list(Detail) })

const link = {
  id: string,
  enforced_block_id: string,
  enforced_block_version_id: string,
  created_at: dateTime,
}
const content = {
  version: string,
  template_type: TemplateType,
  block_content: string,
  additional_description: string,
}

/** What packer 1.15.2 and later asks before a build: provisioners that it must run too. The key is singular. */
export const getEnforcedBlocksByBucket = operation({
  id: 'PackerService_GetEnforcedBlocksByBucket',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${blocks}/bucket/:bucket_name`,
  reply: Details,
  seenFrom: ['packer', 'ingot'],
})

/** Makes an enforced block. */
export const createEnforcedBlock = operation({
  id: 'PackerService_CreateEnforcedBlock',
  plane: 'packer-2023-01-01',
  method: 'PUT',
  path: blocks,
  body: given({ ...content, name: string, labels }),
  reply: object({ enforced_block: Block }),
  seenFrom: ['ingot'],
})

/** The enforced blocks of a project, a page at a time. */
export const listEnforcedBlocks = operation({
  id: 'PackerService_ListEnforcedBlocks',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: blocks,
  query: SortedPaging,
  reply: object({ enforced_blocks: list(Block) }),
  seenFrom: ['ingot'],
})

/** One enforced block. */
export const getEnforcedBlock = operation({
  id: 'PackerService_GetEnforcedBlock',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${blocks}/:enforced_block_id`,
  reply: object({ enforced_block: Block }),
  seenFrom: ['ingot'],
})

/** Changes what an enforced block says of itself. */
export const updateEnforcedBlock = operation({
  id: 'PackerService_UpdateEnforcedBlock',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${blocks}/:enforced_block_id`,
  body: given({ name: string, labels, update_mask: string }),
  reply: object({ enforced_block: Block }),
  seenFrom: [],
})

/** Takes an enforced block away. */
export const deleteEnforcedBlock = operation({
  id: 'PackerService_DeleteEnforcedBlock',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${blocks}/:enforced_block_id`,
  reply: Empty,
  seenFrom: ['ingot'],
})

/** Adds a version to an enforced block. */
export const createEnforcedBlockVersion = operation({
  id: 'PackerService_CreateEnforcedBlockVersion',
  plane: 'packer-2023-01-01',
  method: 'PUT',
  path: versions,
  body: given(content),
  reply: object({ enforced_block_version: BlockVersion }),
  seenFrom: ['ingot'],
})

/** The versions of an enforced block, a page at a time. */
export const getEnforcedBlockVersions = operation({
  id: 'PackerService_GetEnforcedBlockVersions',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: versions,
  reply: Details,
  seenFrom: ['ingot'],
})

/** Changes a version of an enforced block. */
export const updateEnforcedBlockVersion = operation({
  id: 'PackerService_UpdateEnforcedBlockVersion',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: oneVersion,
  body: given({ additional_description: string, update_mask: string }),
  reply: object({ enforced_block_version: BlockVersion }),
  seenFrom: [],
})

/** Takes a version of an enforced block away. */
export const deleteEnforcedBlockVersion = operation({
  id: 'PackerService_DeleteEnforcedBlockVersion',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: oneVersion,
  reply: Empty,
  seenFrom: ['ingot'],
})

/** Sets the whole list of linked buckets; null is the empty list. */
export const manageEnforcedBlockLinkedBuckets = operation({
  id: 'PackerService_ManageEnforcedBlockLinkedBuckets',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: `${oneVersion}/buckets`,
  body: given({ bucket_names: list(string) }),
  reply: object({ enforced_block_buckets: list(object({ ...link, bucket_id: string })) }),
  seenFrom: ['ingot'],
})

/** The buckets whose builds an enforced block is part of. */
export const getEnforcedBlockLinkedBuckets = operation({
  id: 'PackerService_GetEnforcedBlockLinkedBuckets',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${oneVersion}/buckets`,
  reply: object({ linked_buckets: list(object({ ...link, bucket: Bucket })) }),
  seenFrom: ['ingot'],
})
