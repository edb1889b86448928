import { operation } from '../operation.ts'
import { count, Empty } from '../packer-2023-01-01/models.ts'
import { Pagination, Paging } from '../packer-2023-01-01/paging.ts'
import { given, int32, list, object, string } from '../schema.ts'
import { Channel, ChannelAssignment, Restriction } from './models.ts'
import { project } from './project-path.ts'

const plane = 'packer-2021-04-30'
const one = object({ channel: Channel })
const channels = `${project}/images/:bucket_slug/channels` as const
/** A channel by its name, or by its identifier where no channel of the bucket has that name. */
const channel = `${channels}/:slug` as const

const written = {
  fingerprint: string,
  incremental_version: int32,
  iteration_id: string,
  restriction: Restriction,
}

/** The first of identifier, fingerprint and number that is given is assigned. */
export const createChannel = operation({
  id: 'PackerService_CreateChannel',
  plane,
  method: 'POST',
  path: channels,
  body: given({ ...written, slug: string }),
  reply: one,
  seenFrom: ['terraform-provider-hcp'],
})

/** With the assigned iteration, its builds and their images: what the data sources read, those of packer 1.16 too. */
export const getChannel = operation({
  id: 'PackerService_GetChannel',
  plane,
  method: 'GET',
  path: channel,
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp'],
})

/** All channels in one answer, `latest` and empty ones included. */
export const listChannels = operation({
  id: 'PackerService_ListChannels',
  plane,
  method: 'GET',
  path: channels,
  reply: object({ channels: list(Channel) }),
  seenFrom: ['terraform-provider-hcp'],
})

/**
 * Writes the fields that `mask` names: `restriction`, `iterationId`, `fingerprint`, `incrementalVersion`. Those of them that
 * are given must name one iteration; when all are empty, the channel is emptied. Without a mask every field is written, and the
 * first of identifier, fingerprint and number that is given counts.
 */
export const updateChannel = operation({
  id: 'PackerService_UpdateChannel',
  plane,
  method: 'PATCH',
  path: channel,
  body: given({ ...written, mask: string }),
  reply: one,
  seenFrom: ['terraform-provider-hcp'],
})

/** Takes a channel away. */
export const deleteChannel = operation({
  id: 'PackerService_DeleteChannel',
  plane,
  method: 'DELETE',
  path: channel,
  reply: Empty,
  seenFrom: ['terraform-provider-hcp'],
})

/** Newest first; each row names who assigned. */
export const listChannelHistory = operation({
  id: 'PackerService_ListChannelHistory',
  plane,
  method: 'GET',
  path: `${channel}/history`,
  query: Paging,
  reply: object({ history: list(ChannelAssignment), count, pagination: Pagination }),
  seenFrom: [],
})
