import { AncestryStatus, Location } from '../packer-2023-01-01/models.ts'
import {
  boolean,
  dateTime,
  given,
  int32,
  int64,
  labels,
  list,
  nullable,
  object,
  type Static,
  string,
  words,
} from '../schema.ts'

/** In which language a template is written. */
export const TemplateType = words('TEMPLATE_TYPE_UNSET', 'HCL2', 'JSON')
/** How far a build is. */
export const BuildStatus = words('UNSET', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED')
/** There is no word for an iteration that is only incomplete: it is `ITERATION_UNSET`. */
export const IterationStatus = words(
  'ITERATION_UNSET',
  'ITERATION_RUNNING',
  'ITERATION_CANCELLED',
  'ITERATION_FAILED',
  'ITERATION_REVOKED',
  'ITERATION_REVOCATION_SCHEDULED',
  'ITERATION_ACTIVE',
)
/** How an iteration came to be revoked: by itself or with an ancestor. */
export const RevocationType = words('UNSET', 'MANUAL', 'INHERITED')
/** Whether a channel needs the contributor role to be read. */
export const Restriction = words('RESTRICTION_UNSET', 'RESTRICTED', 'UNRESTRICTED')
/** What a registry was booked as. */
export const Tier = words('UNSET', 'PRIVATE_BETA', 'STANDARD', 'PLUS')

/** One image of a build. */
export const Image = object({ id: string, image_id: string, region: string, created_at: dateTime })

/** An image as clients send it. */
export const NewImage = given({ image_id: string, region: string })

/**
 * What one source of a template made. packer 1.7.10 crashes where `labels` is null, 1.8.7 and 1.9.4 where `status` is;
 * without `iteration_id` no packer tells the parents of what is built from it.
 */
export const Build = object({
  id: string,
  iteration_id: string,
  component_type: string,
  status: BuildStatus,
  packer_run_uuid: string,
  cloud_provider: string,
  images: list(Image),
  labels,
  source_image_id: string,
  created_at: dateTime,
  updated_at: dateTime,
})
export type Build = Static<typeof Build>

/** A summary of relations, and the path of the call that lists them. */
const Relatives = object({ href: string, status: AncestryStatus })

/** The iteration from which an inherited revocation came. */
const RevokedAncestor = object({
  href: string,
  bucket_slug: string,
  iteration_id: string,
  iteration_fingerprint: string,
  iteration_incremental_version: int32,
})

const iterationFacts = {
  id: string,
  bucket_slug: string,
  fingerprint: string,
  incremental_version: int32,
  complete: boolean,
  author_id: string,
  revoke_at: nullable(dateTime),
  created_at: dateTime,
  updated_at: dateTime,
}

/** Absent while `revoke_at` is null. */
const revocation = {
  revocation_author: string,
  revocation_message: string,
  revocation_type: RevocationType,
  revocation_inherited_from: RevokedAncestor,
}

/**
 * What one fingerprint made. `incremental_version` is 0 until every build is done. packer 1.7.10 takes any `revoke_at`, also
 * one that lies ahead, for a revocation; packer from 1.8 refuses a `template_type` that it does not know, the empty one too.
 */
export const Iteration = object(
  { ...iterationFacts, builds: list(Build), has_descendants: boolean, template_type: TemplateType },
  revocation,
)
export type Iteration = Static<typeof Iteration>

/** An iteration in a list: the states of its builds by component type instead of the builds. */
export const IterationInList = object(
  { ...iterationFacts, build_statuses: labels, has_descendants: boolean, status: IterationStatus },
  revocation,
)
export type IterationInList = Static<typeof IterationInList>

/** An iteration as a bucket shows its newest one. */
export const LatestIteration = object({ ...iterationFacts, builds: list(Build) }, revocation)
export type LatestIteration = Static<typeof LatestIteration>

/**
 * A named pointer to an iteration; `iteration` is null while nothing is assigned. packer 1.7.7 and 1.7.8 read the iteration
 * of the `pointer`, all others the one beside it.
 */
export const Channel = object({
  id: string,
  slug: string,
  bucket_slug: string,
  author_id: string,
  managed: boolean,
  restricted: boolean,
  iteration: nullable(Iteration),
  pointer: nullable(object({ author_id: string, created_at: dateTime, iteration: Iteration })),
  created_at: dateTime,
  updated_at: dateTime,
})
export type Channel = Static<typeof Channel>

/** A row of a channel's history; a null iteration says that the channel was emptied. */
export const ChannelAssignment = object({
  promoted_at: dateTime,
  author_id: string,
  iteration: nullable(
    object(
      { id: string, fingerprint: string, incremental_version: int32, status: IterationStatus },
      { parents: Relatives },
    ),
  ),
})
export type ChannelAssignment = Static<typeof ChannelAssignment>

/**
 * A named series of iterations. `latest_iteration` is the newest, complete or not; `latest_version` the number of the newest
 * complete one, 0 when there is none.
 */
export const Bucket = object(
  {
    id: string,
    slug: string,
    location: Location,
    description: string,
    labels,
    platforms: list(string),
    latest_iteration: nullable(LatestIteration),
    latest_version: int32,
    iteration_count: int64,
    created_at: dateTime,
    updated_at: dateTime,
  },
  { parents: Relatives, children: Relatives },
)
export type Bucket = Static<typeof Bucket>

/** The registry of a project. */
export const Registry = object({
  id: string,
  location: Location,
  config: object({
    activated: boolean,
    feature_tier: Tier,
    tfc_run_task_config: nullable(object({ api_id: string, hmac_key: string })),
    billing_deprovision: nullable(object({ at: dateTime, reason: string })),
  }),
  created_at: dateTime,
  updated_at: dateTime,
})
export type Registry = Static<typeof Registry>

const Side = {
  bucket_slug: string,
  iteration_id: string,
  iteration_fingerprint: string,
  iteration_incremental_version: int32,
}

/** One pair of an iteration and an iteration that was built from it. */
export const BucketAncestry = object({
  parent: object({
    ...Side,
    channel: string,
    channel_iteration: nullable(object({ id: string, fingerprint: string, incremental_version: int32 })),
  }),
  child: object(Side),
  status: AncestryStatus,
})
export type BucketAncestry = Static<typeof BucketAncestry>
