import type { Migration } from './migration.ts'

const tenants = [
  `create table organizations (
    id text primary key,
    name text not null,
    created_at bigint not null)`,
  `create table projects (
    id text primary key,
    organization_id text not null references organizations,
    name text not null,
    description text not null,
    created_at bigint not null,
    unique (organization_id, name))`,
  `create table registries (
    project_id text primary key references projects,
    id text not null unique,
    activated integer not null,
    tier text not null,
    created_at bigint not null,
    updated_at bigint not null)`,
]

const principals = [
  `create table principals (
    id text primary key,
    kind text not null,
    name text not null,
    organization_id text not null references organizations,
    project_id text references projects,
    created_at bigint not null)`,
  `create table credentials (
    client_id text primary key,
    principal_id text not null references principals on delete cascade,
    secret_hash text not null,
    created_at bigint not null)`,
  `create table role_bindings (
    principal_id text not null references principals on delete cascade,
    resource text not null,
    role text not null,
    created_at bigint not null,
    primary key (principal_id, resource, role))`,
  `create table signing_keys (
    id text primary key,
    jwk text not null,
    created_at bigint not null)`,
]

const buckets = [
  `create table buckets (
    id text primary key,
    project_id text not null references registries,
    name text not null,
    description text not null,
    labels text not null,
    version_count integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (project_id, name))`,
]

const versions = [
  `create table versions (
    id text primary key,
    bucket_id text not null references buckets on delete cascade,
    fingerprint text not null,
    number integer not null,
    template_type text not null,
    author text not null,
    revision integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (bucket_id, fingerprint))`,
  'create index versions_number on versions (bucket_id, number)',
  'create index versions_created_at on versions (bucket_id, created_at)',
  `create table revocations (
    version_id text not null references versions on delete cascade,
    origin_id text not null,
    origin_bucket text not null,
    origin_fingerprint text not null,
    origin_number integer not null,
    spreads integer not null,
    revoke_at bigint not null,
    author text not null,
    message text not null,
    created_at bigint not null,
    primary key (version_id, origin_id))`,
  'create index revocations_origin on revocations (origin_id)',
]

const builds = [
  `create table builds (
    id text primary key,
    version_id text not null references versions on delete cascade,
    component_type text not null,
    status text not null,
    platform text not null,
    packer_run_uuid text not null,
    labels text not null,
    source_external_identifier text not null,
    parent_version_id text not null,
    parent_channel_id text not null,
    metadata text,
    source_channel text not null,
    heartbeat_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    unique (version_id, component_type))`,
  `create table artifacts (
    build_id text not null references builds on delete cascade,
    position integer not null,
    id text not null,
    external_identifier text not null,
    region text not null,
    created_at bigint not null,
    primary key (build_id, position))`,
  'create index artifacts_external_identifier on artifacts (external_identifier)',
]

const channels = [
  `create table channels (
    id text primary key,
    bucket_id text not null references buckets on delete cascade,
    name text not null,
    author text not null,
    managed integer not null,
    restricted integer not null,
    version_id text references versions on delete set null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (bucket_id, name))`,
  'create index channels_version on channels (version_id)',
  `create table assignments (
    channel_id text not null references channels on delete cascade,
    sequence integer not null,
    version_id text references versions on delete cascade,
    author text not null,
    assigned_at bigint not null,
    primary key (channel_id, sequence))`,
  'create index assignments_version on assignments (version_id)',
]

/** Who was built from whom, as the publisher declared it. A channel may be gone; the edge stays. */
const ancestry = [
  `create table ancestry (
    child_build_id text not null references builds on delete cascade,
    parent_version_id text not null references versions on delete cascade,
    kind text not null,
    child_version_id text not null,
    parent_bucket_id text not null,
    parent_channel_id text not null,
    created_at bigint not null,
    primary key (child_build_id, parent_version_id, kind))`,
  'create index ancestry_child on ancestry (child_version_id)',
  'create index ancestry_parent on ancestry (parent_version_id)',
  'create index ancestry_parent_bucket on ancestry (parent_bucket_id)',
]

const records = [
  `create table operations (
    id text primary key,
    project_id text not null references projects,
    created_at bigint not null)`,
  `create table audit_events (
    sequence integer primary key,
    at bigint not null,
    organization_id text,
    project_id text,
    principal_id text,
    principal_name text,
    address text,
    source_channel text,
    action text not null,
    object text not null,
    outcome text not null,
    message text,
    before text,
    after text)`,
]

/** Texts for identifiers, JSON and words; integers for numbers, truth (0, 1) and times (milliseconds since 1970). */
export const registry: Migration = {
  name: '0001-registry',
  statements: [
    ...tenants,
    ...principals,
    ...buckets,
    ...versions,
    ...builds,
    ...channels,
    ...ancestry,
    ...records,
  ],
}
