import { operation } from '../operation.ts'
import { boolean, dateTime, int64, list, object, type Static, string } from '../schema.ts'
import { project } from './project-path.ts'

/** Who read a version, how often, and when. `channel_name` is empty when it was asked for by its fingerprint. */
export const Consumer = object({
  version_id: string,
  version_name: string,
  fingerprint: string,
  channel_name: string,
  principal_id: string,
  principal_name: string,
  client: string,
  reads: int64,
  first_read_at: dateTime,
  last_read_at: dateTime,
})
export type Consumer = Static<typeof Consumer>

/** Who consumes a bucket, or one version of it (`v3`, or a fingerprint); the latest first. */
export const listConsumers = operation({
  id: 'Ingot_ListConsumers',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/consumers`,
  query: object({}, { version: string }),
  reply: object({ consumers: list(Consumer), whole: boolean }),
  seenFrom: ['ingot'],
})
