import { operation } from '../operation.ts'
import { Version } from '../packer-2023-01-01/models.ts'
import { boolean, dateTime, given, int32, list, nullable, object, type Static, string } from '../schema.ts'
import { project } from './project-path.ts'

const version = `${project}/buckets/:bucket_name/versions/:fingerprint` as const

const PlannedVersion = object({
  version_id: string,
  bucket_name: string,
  fingerprint: string,
  name: string,
  revoked: boolean,
})
const Side = object({ name: string, fingerprint: string })
const PlannedMove = object({ bucket_name: string, channel_name: string, from: Side, to: nullable(Side) })

/** What a revocation would do. The lists hold a thousand rows at most; the counts count all. */
export const RevocationPlan = object({
  id: string,
  version: PlannedVersion,
  revoke_at: dateTime,
  descendants: list(PlannedVersion),
  descendant_count: int32,
  channels: list(PlannedMove),
  channel_count: int32,
})
export type RevocationPlan = Static<typeof RevocationPlan>

const manner = {
  revoke_at: dateTime,
  revoke_in: string,
  skip_descendants_revocation: boolean,
  disable_rollback_channels: boolean,
}

/** Tells what a revocation would touch; changes nothing. At once when no time is given. */
export const planRevocation = operation({
  id: 'Ingot_PlanRevocation',
  plane: 'platform',
  method: 'POST',
  path: `${version}/revocation-plan`,
  body: given(manner),
  reply: object({ plan: RevocationPlan }),
  seenFrom: ['ingot'],
})

/** Revokes a version; with a `plan_id`, only if that still comes to the same. */
export const revokeVersion = operation({
  id: 'Ingot_RevokeVersion',
  plane: 'platform',
  method: 'POST',
  path: `${version}/revoke`,
  body: given({ ...manner, revocation_message: string, plan_id: string }),
  reply: object({ version: Version, plan: RevocationPlan }),
  seenFrom: ['ingot'],
})
