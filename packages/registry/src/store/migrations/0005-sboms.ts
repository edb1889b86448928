import type { Migration } from './migration.ts'

/** Bills of materials, and the packages that they name, each kept once for all. */
export const sboms: Migration = {
  name: '0005-sboms',
  statements: [
    `create table sboms (
      id text primary key,
      build_id text not null references builds on delete cascade,
      name text not null,
      format text not null,
      format_version text not null,
      late integer not null,
      author text not null,
      package_count integer not null,
      complete integer not null,
      created_at bigint not null)`,
    'create index sboms_build on sboms (build_id)',
    'create unique index sboms_name on sboms (build_id, name) where complete = 1',
    'create index sboms_incomplete on sboms (created_at) where complete = 0',
    `create table sbom_documents (
      sbom_id text primary key references sboms on delete cascade,
      content text not null)`,
    `create table packages (
      id bigint primary key,
      name text not null,
      version text not null,
      purl text not null,
      unique (name, version, purl))`,
    `create table sbom_packages (
      sbom_id text not null references sboms on delete cascade,
      package_id bigint not null references packages,
      primary key (sbom_id, package_id))`,
    'create index sbom_packages_package on sbom_packages (package_id)',
  ],
}
