import type { CreateTableBuilder, Kysely } from 'kysely'

type Schema = Kysely<unknown>['schema']

/** Texts for identifiers, JSON and words; integers for numbers, truth (0, 1) and times (milliseconds since 1970). */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await tenants(schema)
  await principals(schema)
  await buckets(schema)
  await versions(schema)
  await builds(schema)
  await channels(schema)
  await ancestry(schema)
  await records(schema)
}

async function tenants(schema: Schema) {
  await dated(schema.createTable('organizations'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute()
  await dated(schema.createTable('projects'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organizations.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addUniqueConstraint('projects_name', ['organization_id', 'name'])
    .execute()
  await dated(schema.createTable('registries'))
    .addColumn('project_id', 'text', (column) => column.primaryKey().references('projects.id'))
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('activated', 'integer', (column) => column.notNull())
    .addColumn('tier', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function principals(schema: Schema) {
  await dated(schema.createTable('principals'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organizations.id'))
    .addColumn('project_id', 'text', (column) => column.references('projects.id'))
    .execute()
  await dated(schema.createTable('credentials'))
    .addColumn('client_id', 'text', (column) => column.primaryKey())
    .addColumn('principal_id', 'text', (column) =>
      column.notNull().references('principals.id').onDelete('cascade'),
    )
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .execute()
  await dated(schema.createTable('role_bindings'))
    .addColumn('resource', 'text', (column) => column.notNull())
    .addColumn('principal_id', 'text', (column) =>
      column.notNull().references('principals.id').onDelete('cascade'),
    )
    .addColumn('role', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('role_bindings_key', ['principal_id', 'resource', 'role'])
    .execute()
  await dated(schema.createTable('signing_keys'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('jwk', 'text', (column) => column.notNull())
    .execute()
}

async function buckets(schema: Schema) {
  await dated(schema.createTable('buckets'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', (column) => column.notNull().references('registries.project_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('version_count', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('buckets_name', ['project_id', 'name'])
    .execute()
}

async function versions(schema: Schema) {
  await dated(schema.createTable('versions'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('bucket_id', 'text', (column) => column.notNull().references('buckets.id').onDelete('cascade'))
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('template_type', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('versions_fingerprint', ['bucket_id', 'fingerprint'])
    .execute()
  await index(schema, 'versions_number', 'versions', ['bucket_id', 'number'])
  await index(schema, 'versions_created_at', 'versions', ['bucket_id', 'created_at'])
  await dated(schema.createTable('revocations'))
    .addColumn('version_id', 'text', (column) =>
      column.notNull().references('versions.id').onDelete('cascade'),
    )
    .addColumn('origin_id', 'text', (column) => column.notNull())
    .addColumn('origin_bucket', 'text', (column) => column.notNull())
    .addColumn('origin_fingerprint', 'text', (column) => column.notNull())
    .addColumn('origin_number', 'integer', (column) => column.notNull())
    .addColumn('spreads', 'integer', (column) => column.notNull())
    .addColumn('revoke_at', 'bigint', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('revocations_key', ['version_id', 'origin_id'])
    .execute()
  await index(schema, 'revocations_origin', 'revocations', ['origin_id'])
}

async function builds(schema: Schema) {
  await dated(schema.createTable('builds'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('version_id', 'text', (column) =>
      column.notNull().references('versions.id').onDelete('cascade'),
    )
    .addColumn('component_type', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('packer_run_uuid', 'text', (column) => column.notNull())
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('source_external_identifier', 'text', (column) => column.notNull())
    .addColumn('parent_version_id', 'text', (column) => column.notNull())
    .addColumn('parent_channel_id', 'text', (column) => column.notNull())
    .addColumn('metadata', 'text')
    .addColumn('source_channel', 'text', (column) => column.notNull())
    .addColumn('heartbeat_at', 'bigint')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('builds_component_type', ['version_id', 'component_type'])
    .execute()
  await dated(schema.createTable('artifacts'))
    .addColumn('build_id', 'text', (column) => column.notNull().references('builds.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('external_identifier', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('artifacts_key', ['build_id', 'position'])
    .execute()
  await index(schema, 'artifacts_external_identifier', 'artifacts', ['external_identifier'])
}

async function channels(schema: Schema) {
  await dated(schema.createTable('channels'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('bucket_id', 'text', (column) => column.notNull().references('buckets.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('managed', 'integer', (column) => column.notNull())
    .addColumn('restricted', 'integer', (column) => column.notNull())
    .addColumn('version_id', 'text', (column) => column.references('versions.id').onDelete('set null'))
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('channels_name', ['bucket_id', 'name'])
    .execute()
  await index(schema, 'channels_version', 'channels', ['version_id'])
  await schema
    .createTable('assignments')
    .addColumn('channel_id', 'text', (column) =>
      column.notNull().references('channels.id').onDelete('cascade'),
    )
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('version_id', 'text', (column) => column.references('versions.id').onDelete('cascade'))
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('assigned_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('assignments_key', ['channel_id', 'sequence'])
    .execute()
  await index(schema, 'assignments_version', 'assignments', ['version_id'])
}

/** Who was built from whom, as the publisher declared it. A channel may be gone; the edge stays. */
async function ancestry(schema: Schema) {
  await dated(schema.createTable('ancestry'))
    .addColumn('child_build_id', 'text', (column) =>
      column.notNull().references('builds.id').onDelete('cascade'),
    )
    .addColumn('parent_version_id', 'text', (column) =>
      column.notNull().references('versions.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('child_version_id', 'text', (column) => column.notNull())
    .addColumn('parent_bucket_id', 'text', (column) => column.notNull())
    .addColumn('parent_channel_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('ancestry_key', ['child_build_id', 'parent_version_id', 'kind'])
    .execute()
  await index(schema, 'ancestry_child', 'ancestry', ['child_version_id'])
  await index(schema, 'ancestry_parent', 'ancestry', ['parent_version_id'])
  await index(schema, 'ancestry_parent_bucket', 'ancestry', ['parent_bucket_id'])
}

async function records(schema: Schema) {
  await dated(schema.createTable('operations'))
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('project_id', 'text', (column) => column.notNull().references('projects.id'))
    .execute()
  await schema
    .createTable('audit_events')
    .addColumn('sequence', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('organization_id', 'text')
    .addColumn('project_id', 'text')
    .addColumn('principal_id', 'text')
    .addColumn('principal_name', 'text')
    .addColumn('address', 'text')
    .addColumn('source_channel', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('message', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .execute()
}

function dated<Name extends string>(table: CreateTableBuilder<Name, never>) {
  return table.addColumn('created_at', 'bigint', (column) => column.notNull())
}

async function index(schema: Schema, name: string, table: string, columns: string[]) {
  await schema.createIndex(name).on(table).columns(columns).execute()
}
