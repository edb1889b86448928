import type { Migration } from './migration.ts'

/** Walks down the ancestry in an index alone: a revocation may go to ten thousand versions. */
export const descent: Migration = {
  name: '0030-descent',
  statements: [
    'create index ancestry_descent on ancestry (parent_version_id, child_version_id)',
    'drop index ancestry_parent',
  ],
}
