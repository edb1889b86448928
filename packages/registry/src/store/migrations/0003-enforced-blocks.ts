import type { Migration } from './migration.ts'

/** Provisioners that builds of a bucket must run, and which builds were told of them. */
export const enforcedBlocks: Migration = {
  name: '0003-enforced-blocks',
  statements: [
    `create table enforced_blocks (
      id text primary key,
      project_id text not null references registries,
      name text not null,
      labels text not null,
      created_at bigint not null,
      updated_at bigint not null,
      unique (project_id, name))`,
    `create table enforced_block_versions (
      id text primary key,
      block_id text not null references enforced_blocks on delete cascade,
      label text not null,
      template_type text not null,
      content text not null,
      description text not null,
      created_at bigint not null,
      updated_at bigint not null,
      unique (block_id, label))`,
    `create table enforced_block_links (
      id text not null unique,
      bucket_id text not null references buckets on delete cascade,
      block_id text not null references enforced_blocks,
      version_id text not null references enforced_block_versions,
      created_at bigint not null,
      primary key (bucket_id, block_id))`,
    'create index enforced_block_links_version on enforced_block_links (version_id)',
    `create table enforcement_reads (
      bucket_id text not null references buckets on delete cascade,
      principal_id text not null,
      read_at bigint not null,
      primary key (bucket_id, principal_id))`,
    `create table build_enforcements (
      build_id text not null references builds on delete cascade,
      block_id text not null,
      block_name text not null,
      version_label text not null,
      told integer not null,
      primary key (build_id, block_id))`,
  ],
}
