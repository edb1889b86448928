import type { Migration } from './migration.ts'

/** Names of principals are unique where they are made; policies keep the order in which they were written. */
export const principals: Migration = {
  name: '0040-principals',
  statements: [
    'alter table role_bindings add column position integer not null default 0',
    'create index role_bindings_resource on role_bindings (resource)',
    'create unique index principals_name on principals (coalesce(project_id, organization_id), kind, name)',
  ],
}
