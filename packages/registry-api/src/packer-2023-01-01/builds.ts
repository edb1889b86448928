import { operation } from '../operation.ts'
import { given, labels, list, object, string } from '../schema.ts'
import { Build, BuildMetadata, BuildStatus, Empty, Location, NewArtifact } from './models.ts'
import { Pagination, SortedPaging } from './paging.ts'
import { project } from './project-path.ts'

const one = object({ build: Build })
const builds = `${project}/buckets/:bucket_name/versions/:fingerprint/builds` as const

const written = {
  artifacts: list(NewArtifact),
  labels,
  packer_run_uuid: string,
  parent_channel_id: string,
  parent_version_id: string,
  platform: string,
  source_external_identifier: string,
  status: BuildStatus,
}

/** Registers a source of the template in the version. */
export const createBuild = operation({
  id: 'PackerService_CreateBuild',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: builds,
  body: given({ ...written, component_type: string }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** All builds in one page unless a page size is given: packer reads the first page only. */
export const listBuilds = operation({
  id: 'PackerService_ListBuilds',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: builds,
  query: SortedPaging,
  reply: object({ builds: list(Build), location: Location, pagination: Pagination }),
  seenFrom: ['packer', 'ingot'],
})

/** One build of a version. */
export const getBuild = operation({
  id: 'PackerService_GetBuild',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${builds}/:build_id`,
  reply: one,
  seenFrom: ['ingot'],
})

/** Moves a build on; the last one that is done completes the version in the same step. */
export const updateBuild = operation({
  id: 'PackerService_UpdateBuild',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${builds}/:build_id`,
  body: given({ ...written, metadata: BuildMetadata }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** Takes a build away from a version. */
export const deleteBuild = operation({
  id: 'PackerService_DeleteBuild',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${builds}/:build_id`,
  reply: Empty,
  seenFrom: [],
})
