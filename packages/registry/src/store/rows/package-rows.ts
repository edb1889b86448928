import type { Window } from '../../domain/page.ts'
import type { Package } from '../../domain/sbom.ts'
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

const add = statement<never>()(`insert into packages (id, name, version, purl)
  select coalesce(max(id), 0) + 1, :name, :version, :purl from packages where true
  on conflict (name, version, purl) do nothing`)
const link = statement<never>()(`insert into sbom_packages (sbom_id, package_id)
  select :sbom, id from packages where name = :name and version = :version and purl = :purl
  on conflict (sbom_id, package_id) do nothing`)

const filter = `(:name = '' or p.name = :name) and (:packageVersion = '' or p.version = :packageVersion)
  and (:prefix = '' or substr(p.name, 1, length(:prefix)) = :prefix)` as const
const columns = `p.id as "packageId", p.name as "name", p.version as "version", p.purl as "purl",
  u.id as "buildId", u.component_type as "componentType"` as const
const inBuild = `join sboms s on s.build_id = u.id and s.complete = 1
  join sbom_packages x on x.sbom_id = s.id join packages p on p.id = x.package_id` as const
const sql = {
  name: 'p.name',
  version: 'p.version',
  purl: 'p.purl',
  buildId: 'u.id',
  channelId: '"channelId"',
} as const

type Names = keyof PackageFilter
const ofBuild = new Keyset<FoundPackage, 'build' | Names, PackageColumn>(
  `select distinct ${columns}, '' as "channelId", '' as "channelName" from builds u ${inBuild}
  where u.id = :build and ${filter}`,
  (column) => (column === 'channelId' ? `''` : sql[column]),
)
const ofBucket = new Keyset<FoundPackage, 'bucket' | 'restricted' | Names, PackageColumn>(
  `select distinct ${columns}, c.id as "channelId", c.name as "channelName" from channels c
  join builds u on u.version_id = c.version_id ${inBuild}
  where c.bucket_id = :bucket and (:restricted = 1 or c.restricted = 0) and ${filter}`,
  (column) => (column === 'channelId' ? 'c.id' : sql[column]),
)

/** Packages, each kept once however many bills of materials name it. */
export class PackageRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Notes that a bill of materials names packages. */
  async add(sbom: string, packages: readonly Package[]): Promise<void> {
    for (const { name, version, purl } of packages) {
      await this.#session.run(add, { name, version, purl })
      await this.#session.run(link, { sbom, name, version, purl })
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
}
