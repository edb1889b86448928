import {
  any,
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

export const TemplateType = words('TEMPLATE_TYPE_UNSET', 'HCL2', 'JSON')
export const BuildStatus = words(
  'BUILD_UNSET',
  'BUILD_RUNNING',
  'BUILD_DONE',
  'BUILD_CANCELLED',
  'BUILD_FAILED',
)
export const VersionStatus = words(
  'VERSION_UNSET',
  'VERSION_RUNNING',
  'VERSION_CANCELLED',
  'VERSION_FAILED',
  'VERSION_REVOKED',
  'VERSION_REVOCATION_SCHEDULED',
  'VERSION_ACTIVE',
  'VERSION_INCOMPLETE',
)
export const RevocationType = words('REVOCATION_TYPE_UNSET', 'MANUAL', 'INHERITED')
export const AncestryStatus = words('UNDETERMINED', 'UP_TO_DATE', 'OUT_OF_DATE')
export const Tier = words('UNSET', 'STANDARD', 'PLUS')
export const RunTaskBehaviour = words('UNSET', 'FAIL', 'WARN')

/** Where an object lives. The server never tells a region. */
export const Location = object({ organization_id: string, project_id: string })

/** The answer of every deletion: `{}`. */
export const Empty = object({})

/** One image, container or box of a build. */
export const Artifact = object({
  id: string,
  external_identifier: string,
  region: string,
  created_at: dateTime,
})
export type Artifact = Static<typeof Artifact>

/** An artifact as clients send it. */
export const NewArtifact = given({ external_identifier: string, region: string })

/** What packer tells of itself, of the checkout and of the pipeline: free JSON. */
export const BuildMetadata = given({ packer: any, vcs: any, cicd: any })

/** What one source of a template made. `metadata` comes with the build calls and GetVersion only. */
export const Build = object(
  {
    id: string,
    version_id: string,
    component_type: string,
    status: BuildStatus,
    packer_run_uuid: string,
    platform: string,
    artifacts: list(Artifact),
    labels,
    source_external_identifier: string,
    created_at: dateTime,
    updated_at: dateTime,
  },
  { metadata: nullable(BuildMetadata) },
)
export type Build = Static<typeof Build>

/** A summary of relations, and the path of the call that lists them. */
export const Relatives = object({ href: string, status: AncestryStatus })

/** The version from which an inherited revocation came. */
export const RevokedAncestor = object({
  href: string,
  bucket_name: string,
  version_id: string,
  version_fingerprint: string,
  version_name: string,
})

/**
 * What one fingerprint made. `name` is exactly `v0` until every build is done, then `v1`, `v2` …; `status` is computed at
 * every read. The revocation's fields are absent while `revoke_at` is null.
 */
export const Version = object(
  {
    id: string,
    bucket_name: string,
    name: string,
    fingerprint: string,
    status: VersionStatus,
    template_type: TemplateType,
    author_id: string,
    builds: list(Build),
    has_descendants: boolean,
    revoke_at: nullable(dateTime),
    created_at: dateTime,
    updated_at: dateTime,
  },
  {
    parents: nullable(Relatives),
    revocation_author: string,
    revocation_message: string,
    revocation_type: RevocationType,
    revocation_inherited_from: RevokedAncestor,
  },
)
export type Version = Static<typeof Version>

/** A named pointer to a version; `version` is null while nothing is assigned. */
export const Channel = object({
  id: string,
  name: string,
  bucket_name: string,
  author_id: string,
  managed: boolean,
  restricted: boolean,
  version: nullable(Version),
  created_at: dateTime,
  updated_at: dateTime,
})
export type Channel = Static<typeof Channel>

/** A row of a channel's history; a null version says that the channel was emptied. */
export const ChannelAssignment = object({
  assigned_at: dateTime,
  author_id: string,
  version: nullable(Version),
})
export type ChannelAssignment = Static<typeof ChannelAssignment>

/** A named series of versions. `latest_version` is the one on the managed channel `latest`. */
export const Bucket = object(
  {
    id: string,
    name: string,
    resource_name: string,
    location: Location,
    description: string,
    labels,
    platforms: list(string),
    latest_version: nullable(Version),
    version_count: int64,
    created_at: dateTime,
    updated_at: dateTime,
  },
  { parents: nullable(Relatives), children: nullable(Relatives) },
)
export type Bucket = Static<typeof Bucket>

export const RegistryConfig = object({
  activated: boolean,
  feature_tier: Tier,
  tfc_run_task_config: nullable(
    object({ api_id: string, hmac_key: string, on_untracked_image: RunTaskBehaviour }),
  ),
  billing_deprovision: nullable(object({ at: dateTime, message: string, reason: string })),
})

/** The registry of a project. */
export const Registry = object({
  id: string,
  location: Location,
  config: RegistryConfig,
  created_at: dateTime,
  updated_at: dateTime,
})
export type Registry = Static<typeof Registry>

/** What a client waits for after a change; ours is always done when the answer leaves. */
export const LongOperation = object({
  id: string,
  state: words('PENDING', 'RUNNING', 'DONE', 'QUEUED'),
  location: Location,
  created_at: dateTime,
  updated_at: dateTime,
})

const Side = { bucket_name: string, version_id: string, version_name: string, version_fingerprint: string }

/** One pair of a version and a version that was built from it. */
export const BucketAncestry = object({
  parent: object({
    ...Side,
    channel_name: string,
    channel_version: nullable(object({ id: string, name: string, fingerprint: string })),
  }),
  child: object(Side),
  status: AncestryStatus,
})

export const SbomFormat = words('CYCLONEDX', 'SPDX')

/** A stored bill of materials, without its content. */
export const Sbom = object({ id: string, name: string, format: SbomFormat })

/** How many rows there are in all, as a JSON number. */
export const count = int32
