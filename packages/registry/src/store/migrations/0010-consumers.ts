import type { Migration } from './migration.ts'

/** Who read which version, through which channel, with which client. */
export const consumers: Migration = {
  name: '0010-consumers',
  statements: [
    `create table consumers (
      version_id text not null references versions on delete cascade,
      channel_id text not null,
      principal_id text not null,
      client text not null,
      principal_name text not null,
      reads bigint not null,
      first_read_at bigint not null,
      last_read_at bigint not null,
      primary key (version_id, channel_id, principal_id, client))`,
  ],
}
