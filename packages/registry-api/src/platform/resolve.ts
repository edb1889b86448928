import { operation } from '../operation.ts'
import { VersionStatus } from '../packer-2023-01-01/models.ts'
import { dateTime, either, labels, list, nullable, object, type Static, string } from '../schema.ts'
import { project } from './project-path.ts'

/** One image of a version, with what tells it from the others. */
export const ResolvedArtifact = object({
  external_identifier: string,
  platform: string,
  region: string,
  component_type: string,
  labels,
  build_id: string,
})
export type ResolvedArtifact = Static<typeof ResolvedArtifact>

/**
 * The one image that fits, from the channel `latest` unless a channel or a version (`v3`, or a fingerprint) is named; `label` is
 * `NAME=VALUE` and may be repeated. Refused when none or several fit: the `details` of the error are the images to choose from.
 */
export const resolveArtifact = operation({
  id: 'Ingot_ResolveArtifact',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/resolve`,
  query: object(
    {},
    {
      channel: string,
      version: string,
      platform: string,
      region: string,
      component: string,
      label: either(string, list(string)),
    },
  ),
  reply: object({
    artifact: ResolvedArtifact,
    version: object({
      id: string,
      name: string,
      fingerprint: string,
      status: VersionStatus,
      revoke_at: nullable(dateTime),
    }),
    channel_name: string,
  }),
  seenFrom: [],
})
