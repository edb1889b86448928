import type { Migration } from './migration.ts'

/** Finds builds by the time of their last heartbeat, and by the image that they were made from. */
export const silentBuildsAndSources: Migration = {
  name: '0002-silent-builds-and-sources',
  statements: [
    `create index builds_running on builds (heartbeat_at) where status = 'running'`,
    `create index builds_source on builds (source_external_identifier) where source_external_identifier <> ''`,
  ],
}
