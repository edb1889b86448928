import type { Migration } from './migration.ts'

/** Advisories of a project, which versions of which packages they mean, and which packages of bills of materials those are. */
export const advisories: Migration = {
  name: '0020-advisories',
  statements: [
    `create table advisories (
      key bigint primary key,
      project_id text not null references projects,
      id text not null,
      modified_at bigint not null,
      published_at bigint,
      withdrawn_at bigint,
      criticality integer not null,
      severity text not null,
      summary text not null,
      details text not null,
      aliases text not null,
      related text not null,
      unique (project_id, id))`,
    `create table affected (
      advisory_key bigint not null references advisories on delete cascade,
      place integer not null,
      stream text not null,
      name text not null,
      versions text not null,
      primary key (advisory_key, place))`,
    'create index affected_name on affected (name, stream)',
    `create table advisory_streams (
      project_id text not null references projects,
      stream text not null,
      imported_at bigint not null,
      primary key (project_id, stream))`,
    `create table package_subjects (
      package_id bigint not null references packages on delete cascade,
      name text not null,
      stream text not null,
      family text not null,
      version text not null)`,
    'create index package_subjects_package on package_subjects (package_id)',
    'create index package_subjects_name on package_subjects (name)',
    'create table assessed_packages (up_to bigint not null)',
    'insert into assessed_packages (up_to) values (0)',
    `create table findings (
      package_id bigint not null references packages on delete cascade,
      advisory_key bigint not null references advisories on delete cascade,
      fixed_version text not null,
      found_at bigint not null,
      primary key (package_id, advisory_key))`,
    'create index findings_advisory on findings (advisory_key)',
  ],
}
