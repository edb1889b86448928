import type { Window } from '../../domain/page.ts'
import type { NamedPackage, Package } from '../../domain/sbom.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { Keyset } from './keyset.ts'

/** What packages are sorted by. */
export type PackageColumn = 'name' | 'version' | 'purl' | 'buildId' | 'channelId'

/** A package in a build, and the channel through which it was come by; no channel when it was asked for by build. */
export interface FoundPackage extends Package {
  readonly packageId: number
  readonly buildId: string
  readonly componentType: string
  readonly channelId: string
  readonly channelName: string
}

/** Which packages; empty words are no matter. */
export interface PackageFilter {
  readonly name: string
  readonly prefix: string
  readonly packageVersion: string
}

const add = statement<{ id: number }>()(`insert into packages (id, name, version, purl)
  select coalesce(max(id), 0) + 1, :name, :version, :purl from packages where true
  on conflict (name, version, purl) do nothing returning id as "id"`)
const known = statement<{ id: number }>()(
  'select id as "id" from packages where name = :name and version = :version and purl = :purl',
)
const link = statement<never>()(`insert into sbom_packages (sbom_id, package_id) values (:sbom, :package)
  on conflict (sbom_id, package_id) do nothing`)
const addSubject =
  statement<never>()(`insert into package_subjects (package_id, name, stream, family, version)
  values (:package, :name, :stream, :family, :version)`)

export const packageFilter =
  `(:name = '' or p.name = :name) and (:packageVersion = '' or p.version = :packageVersion)
  and (:prefix = '' or substr(p.name, 1, length(:prefix)) = :prefix)` as const
export const packageColumns =
  `p.id as "packageId", p.name as "name", p.version as "version", p.purl as "purl",
  u.id as "buildId", u.component_type as "componentType"` as const
export const inBuild = `join sboms s on s.build_id = u.id and s.complete = 1
  join sbom_packages x on x.sbom_id = s.id join packages p on p.id = x.package_id` as const
export const packageSql = {
  name: 'p.name',
  version: 'p.version',
  purl: 'p.purl',
  buildId: 'u.id',
  channelId: '"channelId"',
} as const

type Names = keyof PackageFilter
const ofBuild = new Keyset<FoundPackage, 'build' | Names, PackageColumn>(
  `select distinct ${packageColumns}, '' as "channelId", '' as "channelName" from builds u ${inBuild}
  where u.id = :build and ${packageFilter}`,
  (column) => (column === 'channelId' ? `''` : packageSql[column]),
)
const ofBucket = new Keyset<FoundPackage, 'bucket' | 'restricted' | Names, PackageColumn>(
  `select distinct ${packageColumns}, c.id as "channelId", c.name as "channelName" from channels c
  join builds u on u.version_id = c.version_id ${inBuild}
  where c.bucket_id = :bucket and (:restricted = 1 or c.restricted = 0) and ${packageFilter}`,
  (column) => (column === 'channelId' ? 'c.id' : packageSql[column]),
)

const named = statement<Package & { readonly id: number }>()(
  `select id as "id", name as "name", version as "version", purl as "purl" from packages
  where name = :name limit :limit`,
)
const places =
  statement<PackagePlace>()(`select b.name as "bucketName", v.id as "versionId", v.number as "number",
  v.fingerprint as "fingerprint", u.id as "buildId", u.component_type as "componentType",
  (select min(r.revoke_at) from revocations r where r.version_id = v.id) as "revokeAt"
  from sbom_packages x join sboms s on s.id = x.sbom_id and s.complete = 1 join builds u on u.id = s.build_id
  join versions v on v.id = u.version_id join buckets b on b.id = v.bucket_id and b.project_id = :project
  where x.package_id = :package limit :limit`)
const after = statement<Package & { readonly id: number }>()(`select distinct p.id as "id", p.name as "name",
  p.version as "version", p.purl as "purl" from sboms s join sbom_packages x on x.sbom_id = s.id and x.package_id > :after
  join packages p on p.id = x.package_id where s.build_id = :build and s.complete = 1
  order by p.id limit :limit`)

/** A build whose bills of materials name a package. */
export interface PackagePlace {
  readonly bucketName: string
  readonly versionId: string
  readonly number: number
  readonly fingerprint: string
  readonly buildId: string
  readonly componentType: string
  readonly revokeAt: Instant | null
}

/** Packages, each kept once however many bills of materials name it. */
export class PackageRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Notes that a bill of materials names packages, and what advisories call those that are new. */
  async add(sbom: string, packages: readonly NamedPackage[]): Promise<void> {
    for (const { name, version, purl, subjects } of packages) {
      const added = await this.#session.first(add, { name, version, purl })
      const { id } = added ?? (await this.#session.first(known, { name, version, purl }))!
      await this.#session.run(link, { sbom, package: id })
      for (const subject of added ? subjects : [])
        await this.#session.run(addSubject, { package: id, ...subject })
    }
  }

  ofBuild(build: string, filter: PackageFilter, window: Window<PackageColumn>): Promise<FoundPackage[]> {
    return this.#session.all(ofBuild.statement(window), { build, ...filter, ...ofBuild.values(window) })
  }

  /** The packages of the builds of the versions that the channels of a bucket point at. */
  ofBucket(
    bucket: string,
    { restricted, ...filter }: PackageFilter & { readonly restricted: boolean },
    window: Window<PackageColumn>,
  ): Promise<FoundPackage[]> {
    const values = { bucket, restricted: restricted ? 1 : 0, ...filter, ...ofBucket.values(window) }
    return this.#session.all(ofBucket.statement(window), values)
  }

  /** All of a name, in any bill of materials of any project. */
  named(name: string, limit: number): Promise<(Package & { readonly id: number })[]> {
    return this.#session.all(named, { name, limit })
  }

  /** Where a package is in a project; a build may come twice. */
  places(project: string, packageId: number, limit: number): Promise<PackagePlace[]> {
    return this.#session.all(places, { project, package: packageId, limit })
  }

  /** Those of a build whose ids are beyond one, in their order. */
  after(build: string, id: number, limit: number): Promise<(Package & { readonly id: number })[]> {
    return this.#session.all(after, { build, after: id, limit })
  }
}
