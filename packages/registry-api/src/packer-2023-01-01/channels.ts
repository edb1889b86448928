import { operation } from '../operation.ts'
import { boolean, given, list, object, string } from '../schema.ts'
import { Channel, ChannelAssignment, count, Empty, Version } from './models.ts'
import { Pagination, Paging } from './paging.ts'
import { project } from './project-path.ts'

const one = object({ channel: Channel })
const channels = `${project}/buckets/:bucket_name/channels` as const

/** Makes a channel of a bucket. */
export const createChannel = operation({
  id: 'PackerService_CreateChannel',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: channels,
  body: given({ name: string, version_fingerprint: string, restricted: boolean }),
  reply: one,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** With the assigned version, its builds and their artifacts: what every data source reads. */
export const getChannel = operation({
  id: 'PackerService_GetChannel',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${channels}/:channel_name`,
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** All channels in one answer, `latest` and empty ones included. */
export const listChannels = operation({
  id: 'PackerService_ListChannels',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: channels,
  reply: object({ channels: list(Channel) }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/**
 * Writes the fields that `update_mask` names: `versionFingerprint`, `restricted` or both, joined by a comma. A masked
 * fingerprint that is absent or empty empties the channel.
 */
export const updateChannel = operation({
  id: 'PackerService_UpdateChannel',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${channels}/:channel_name`,
  body: given({ update_mask: string, version_fingerprint: string, restricted: boolean }),
  reply: one,
  seenFrom: ['packer', 'terraform-provider-hcp', 'ingot'],
})

/** Takes a channel away. */
export const deleteChannel = operation({
  id: 'PackerService_DeleteChannel',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${channels}/:channel_name`,
  reply: Empty,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Promotes: copies the assignment of one channel to another of the same bucket. */
export const assignChannelVersion = operation({
  id: 'PackerService_AssignChannelVersion',
  plane: 'packer-2023-01-01',
  method: 'POST',
  path: `${channels}/assign`,
  body: given({ source_channel: string, target_channel: string }),
  reply: object({ fingerprint: string, source_channel: Channel, target_channel: Channel, version: Version }),
  seenFrom: ['ingot'],
})

/** Newest first; each row names who assigned. */
export const listChannelAssignmentHistory = operation({
  id: 'PackerService_ListChannelAssignmentHistory',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${channels}/:channel_name/history`,
  query: Paging,
  reply: object({ history: list(ChannelAssignment), count, pagination: Pagination }),
  seenFrom: ['ingot'],
})
