import type { Migration } from './migration.ts'

/** How a registry answers the run tasks of HCP Terraform. Its key is derived and not stored. */
export const runTasks: Migration = {
  name: '0004-run-tasks',
  statements: [
    'alter table registries add column hmac_generation integer not null default 1',
    `alter table registries add column on_untracked text not null default 'unset'`,
  ],
}
