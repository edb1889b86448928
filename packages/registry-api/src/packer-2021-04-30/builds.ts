import { operation } from '../operation.ts'
import { Empty, Location } from '../packer-2023-01-01/models.ts'
import { Pagination, SortedPaging } from '../packer-2023-01-01/paging.ts'
import { given, labels, list, object, string } from '../schema.ts'
import { Build, BuildStatus, NewImage } from './models.ts'
import { project } from './project-path.ts'

const plane = 'packer-2021-04-30'
const one = object({ build: Build })
const iteration = `${project}/images/:bucket_slug/iterations/:iteration_id` as const
const build = `${project}/builds/:build_id` as const

const written = {
  cloud_provider: string,
  images: list(NewImage),
  labels,
  packer_run_uuid: string,
  source_channel_id: string,
  source_image_id: string,
  source_iteration_id: string,
  status: BuildStatus,
}

/** Registers a source of the template in the iteration. The path ends with the iteration, without `/builds`. */
export const createBuild = operation({
  id: 'PackerService_CreateBuild',
  plane,
  method: 'POST',
  path: iteration,
  body: given({ build: given({ ...written, component_type: string }), fingerprint: string }),
  reply: one,
  seenFrom: ['packer'],
})

/** All builds in one page unless a page size is given: packer reads the first page only. */
export const listBuilds = operation({
  id: 'PackerService_ListBuilds',
  plane,
  method: 'GET',
  path: `${iteration}/builds`,
  query: SortedPaging,
  reply: object({ builds: list(Build), location: Location, pagination: Pagination }),
  seenFrom: ['packer'],
})

/** One build of an iteration. */
export const getBuild = operation({
  id: 'PackerService_GetBuild',
  plane,
  method: 'GET',
  path: build,
  reply: one,
  seenFrom: [],
})

/** Moves a build on; the last one that is done completes the iteration in the same step. */
export const updateBuild = operation({
  id: 'PackerService_UpdateBuild',
  plane,
  method: 'PATCH',
  path: build,
  body: given({ updates: given(written) }),
  reply: one,
  seenFrom: ['packer'],
})

/** Takes a build away from an iteration. */
export const deleteBuild = operation({
  id: 'PackerService_DeleteBuild',
  plane,
  method: 'DELETE',
  path: build,
  reply: Empty,
  seenFrom: [],
})
