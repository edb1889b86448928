import type { Subject } from '../../domain/advisory-subject.ts'
import type { AffectedVersions } from '../../domain/affected.ts'
import type { Window } from '../../domain/page.ts'
import type { Package } from '../../domain/sbom.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { type AdvisoryFacts, advisoryColumns, readAdvisory } from './advisory-rows.ts'
import { Keyset } from './keyset.ts'
import {
  type FoundPackage,
  inBuild,
  type PackageColumn,
  type PackageFilter,
  packageColumns,
  packageFilter,
  packageSql,
} from './package-rows.ts'

/** That an advisory means a package. */
export interface Finding {
  readonly packageId: number
  readonly advisoryKey: number
  /** Empty when none is known. */
  readonly fixedVersion: string
  /** When both were known. */
  readonly foundAt: Instant
}

/** What a package is called by advisories. */
export interface SubjectRow extends Subject {
  readonly packageId: number
}

/** A package that advisories may speak of, and how many do. */
interface Waiting {
  readonly packageId: number
  readonly candidates: number
}

/** That an advisory speaks of a package, whatever its version. */
export interface Candidate extends SubjectRow {
  readonly advisoryKey: number
  readonly versions: AffectedVersions
}
type CandidateRow = Omit<Candidate, 'versions'> & { readonly versions: string }

/** Which advisories; an empty list of criticalities and empty words are no matter. */
export interface VulnerabilityFilter {
  readonly criticalities: readonly number[]
  readonly identifier: string
  readonly prefix: string
}

/** An advisory that means a package, as it was found. */
export interface FoundVulnerability extends AdvisoryFacts {
  readonly fixedVersion: string
  readonly seenAt: Instant
}

/** The same of a bucket. */
export interface BucketVulnerability extends FoundVulnerability {
  readonly key: number
}

/** Where packages of a bucket that an advisory means are. */
export interface Impact extends Package {
  readonly buildId: string
  readonly componentType: string
  readonly channelId: string
  readonly channelName: string
}

/** Whose bucket, and whether its restricted channels are seen. */
export interface BucketSight {
  readonly project: string
  readonly bucket: string
  readonly restricted: boolean
}

export type VulnerabilityColumn = 'criticality' | 'id' | 'publishedAt' | 'seenAt'

const add = statement<never>()(`insert into findings (package_id, advisory_key, fixed_version, found_at)
  values (:packageId, :advisoryKey, :fixedVersion, :foundAt) on conflict (package_id, advisory_key) do nothing`)
const ofAdvisory = statement<Finding>()(`select package_id as "packageId", advisory_key as "advisoryKey",
  fixed_version as "fixedVersion", found_at as "foundAt" from findings where advisory_key = :key`)
const remove = statement<never>()('delete from findings where advisory_key = :key')

const subjectColumns =
  `j.package_id as "packageId", j.name as "name", j.stream as "stream", j.family as "family",
  j.version as "version"` as const
const called = statement<SubjectRow>()(`select ${subjectColumns} from package_subjects j
  where j.name = :name and (j.stream = :stream or j.family = :stream)`)
const upTo = statement<{ upTo: number }>()('select up_to as "upTo" from assessed_packages')
const last = statement<{ id: number }>()('select coalesce(max(id), 0) as "id" from packages')
const mark = statement<never>()('update assessed_packages set up_to = :upTo')
const waiting =
  statement<Waiting>()(`select j.package_id as "packageId", count(a.advisory_key) as "candidates"
  from package_subjects j left join affected a on a.name = j.name and (a.stream = j.stream or a.stream = j.family)
  where j.package_id > :after group by j.package_id order by j.package_id limit :limit`)
const candidates = statement<CandidateRow>()(`select ${subjectColumns}, a.advisory_key as "advisoryKey",
  a.versions as "versions" from package_subjects j
  join affected a on a.name = j.name and (a.stream = j.stream or a.stream = j.family)
  where j.package_id > :after and j.package_id <= :upTo`)
const scanned = statement<{ at: number | null }>()(`select max(t.imported_at) as "at" from package_subjects j
  join advisory_streams t on t.project_id = :project and (t.stream = j.stream or t.stream = j.family)
  where j.package_id = :package`)

/** Joined with nothing, so that no plan begins with all advisories of a project: findings lead to the few that matter. */
const ofProject = `v.project_id || '' = :project` as const
const wanted = `${ofProject} and v.withdrawn_at is null
  and (:criticalities = '' or :criticalities like '%' || v.criticality || '%')
  and (:identifier = '' or v.id = :identifier
    or replace(v.aliases, ' ' || :identifier || ' ', '') <> v.aliases)
  and (:idPrefix = '' or substr(v.id, 1, length(:idPrefix)) = :idPrefix
    or replace(v.aliases, ' ' || :idPrefix, '') <> v.aliases)` as const
type Wanted = 'project' | 'criticalities' | 'identifier' | 'idPrefix'

const inChannels = `from channels c join builds u on u.version_id = c.version_id
  join sboms s on s.build_id = u.id and s.complete = 1` as const
const ofBucket = 'c.bucket_id = :bucket and (:restricted = 1 or c.restricted = 0)' as const
type OfBucket = 'bucket' | 'restricted'

const vulnerablePackages = new Keyset<FoundPackage, Wanted | OfBucket | keyof PackageFilter, PackageColumn>(
  `select distinct ${packageColumns}, c.id as "channelId", c.name as "channelName" from channels c
  join builds u on u.version_id = c.version_id ${inBuild}
  where ${ofBucket} and ${packageFilter} and exists (select 1 from findings f
    join advisories v on v.key = f.advisory_key where f.package_id = p.id and ${wanted})`,
  (column) => (column === 'channelId' ? 'c.id' : packageSql[column]),
)
const ofPackage = statement<VulnerabilityRow>()(`select ${advisoryColumns}, f.fixed_version as "fixedVersion",
  f.found_at as "seenAt" from findings f join advisories v on v.key = f.advisory_key
  where f.package_id = :package and ${wanted} order by v.criticality desc, v.id limit :limit`)

/** Advisories that mean a package of the bucket: each once, and since when. */
const hits = `select f.advisory_key as "key", max(f.fixed_version) as "fixedVersion",
    min(case when f.found_at > s.created_at then f.found_at else s.created_at end) as "seenAt"
  ${inChannels} join sbom_packages x on x.sbom_id = s.id join findings f on f.package_id = x.package_id
  where ${ofBucket} group by f.advisory_key` as const
const vulnerabilitySql = {
  criticality: 'v.criticality',
  id: 'v.id',
  publishedAt: 'coalesce(v.published_at, 0)',
  seenAt: 'h."seenAt"',
} as const
const vulnerabilities = new Keyset<VulnerabilityRow, Wanted | OfBucket, VulnerabilityColumn>(
  `select ${advisoryColumns}, h."fixedVersion" as "fixedVersion", h."seenAt" as "seenAt"
  from (${hits}) h join advisories v on v.key = h."key" where ${wanted}`,
  (column) => vulnerabilitySql[column],
)
const impacts =
  statement<Impact>()(`select distinct p.name as "name", p.version as "version", p.purl as "purl",
  u.id as "buildId", u.component_type as "componentType", c.id as "channelId", c.name as "channelName"
  from channels c cross join builds u cross join sboms s cross join findings f cross join sbom_packages x
  cross join packages p
  where ${ofBucket} and u.version_id = c.version_id and s.build_id = u.id and s.complete = 1
  and f.advisory_key = :key and x.sbom_id = s.id and x.package_id = f.package_id and p.id = f.package_id
  order by p.name, p.version, c.name, u.id limit :limit`)

const live = `${ofProject} and v.withdrawn_at is null` as const
/** Packages on channels of the bucket, each once for a channel however many builds have it. */
const placed = `select distinct c.id as "channelId", c.name as "channelName", x.package_id as "packageId"
  ${inChannels} join sbom_packages x on x.sbom_id = s.id where ${ofBucket}` as const
const byChannel =
  statement<ChannelCount>()(`select t."channelId" as "channelId", t."channelName" as "channelName",
  v.criticality as "criticality", count(distinct v.key) as "count" from (${placed}) t
  join findings f on f.package_id = t."packageId" join advisories v on v.key = f.advisory_key and ${live}
  group by t."channelId", t."channelName", v.criticality order by t."channelName", v.criticality desc`)
const byPackage =
  statement<PackageCount>()(`select p.name as "name", p.version as "version", p.purl as "purl",
  v.criticality as "criticality", count(distinct v.key) as "count"
  from (select distinct y."packageId" as "id" from (${placed}) y) t
  join packages p on p.id = t."id" join findings f on f.package_id = p.id
  join advisories v on v.key = f.advisory_key and ${live}
  group by p.id, p.name, p.version, p.purl, v.criticality order by p.name, p.version, p.purl, v.criticality desc`)
const totals = statement<TotalCount>()(`select v.criticality as "criticality", count(*) as "count",
  avg(h."seenAt") as "meanSeenAt", min(h."seenAt") as "firstSeenAt"
  from (${hits}) h join advisories v on v.key = h."key" and ${live} group by v.criticality`)

interface Counted {
  readonly criticality: number
  readonly count: number
}
export interface ChannelCount extends Counted {
  readonly channelId: string
  readonly channelName: string
}
export type PackageCount = Counted & Package
export interface TotalCount extends Counted {
  readonly meanSeenAt: number
  readonly firstSeenAt: Instant
}
type VulnerabilityRow = Parameters<typeof readAdvisory>[0] &
  Pick<FoundVulnerability, 'fixedVersion' | 'seenAt'>

/** Which packages are meant by which advisories. A finding depends on the two alone, and not on where the package is. */
export class FindingRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async add(finding: Finding): Promise<void> {
    await this.#session.run(add, { ...finding })
  }

  ofAdvisory(key: number): Promise<Finding[]> {
    return this.#session.all(ofAdvisory, { key })
  }

  async removeOf(key: number): Promise<void> {
    await this.#session.run(remove, { key })
  }

  /** Packages that an advisory of a stream, or of all releases of a family, calls so. */
  called(name: string, stream: string): Promise<SubjectRow[]> {
    return this.#session.all(called, { name, stream })
  }

  /** The last package that was held against the advisories; they are numbered in the order in which they came. */
  async assessedUpTo(): Promise<number> {
    return (await this.#session.first(upTo, {}))!.upTo
  }

  async markAssessed(packageId: number): Promise<void> {
    await this.#session.run(mark, { upTo: packageId })
  }

  /** The last package there is. */
  async lastPackage(): Promise<number> {
    return (await this.#session.first(last, {}))!.id
  }

  /** Packages after one that advisories have a name for, and how many of them speak of each. */
  waiting(after: number, limit: number): Promise<Waiting[]> {
    return this.#session.all(waiting, { after, limit })
  }

  /** What advisories say of the packages after one and up to another. */
  async candidates(after: number, until: number): Promise<Candidate[]> {
    const rows = await this.#session.all(candidates, { after, upTo: until })
    return rows.map((row) => ({ ...row, versions: JSON.parse(row.versions) as AffectedVersions }))
  }

  /** When advisories for a package were last imported; null when none ever were. */
  async scannedAt(project: string, packageId: number): Promise<Instant | null> {
    return (await this.#session.first(scanned, { project, package: packageId }))?.at ?? null
  }

  vulnerablePackages(
    sight: BucketSight,
    filter: PackageFilter & { readonly vulnerabilities: VulnerabilityFilter },
    window: Window<PackageColumn>,
  ): Promise<FoundPackage[]> {
    const { vulnerabilities: wish, ...packages } = filter
    const values = { ...seen(sight), ...packages, ...words(wish), ...vulnerablePackages.values(window) }
    return this.#session.all(vulnerablePackages.statement(window), values)
  }

  /** The worst first. */
  async ofPackage(
    project: string,
    packageId: number,
    { limit, ...filter }: VulnerabilityFilter & { readonly limit: number },
  ): Promise<FoundVulnerability[]> {
    const values = { project, package: packageId, limit, ...words(filter) }
    return (await this.#session.all(ofPackage, values)).map(readVulnerability)
  }

  async vulnerabilities(
    sight: BucketSight,
    filter: VulnerabilityFilter,
    window: Window<VulnerabilityColumn>,
  ): Promise<BucketVulnerability[]> {
    const values = { ...seen(sight), ...words(filter), ...vulnerabilities.values(window) }
    const rows = await this.#session.all(vulnerabilities.statement(window), values)
    return rows.map((row) => ({ ...readVulnerability(row), key: row.key }))
  }

  impacts({ project: _, ...sight }: BucketSight, key: number, limit: number): Promise<Impact[]> {
    return this.#session.all(impacts, { ...sight, restricted: sight.restricted ? 1 : 0, key, limit })
  }

  countByChannel(sight: BucketSight): Promise<ChannelCount[]> {
    return this.#session.all(byChannel, seen(sight))
  }

  countByPackage(sight: BucketSight): Promise<PackageCount[]> {
    return this.#session.all(byPackage, seen(sight))
  }

  totals(sight: BucketSight): Promise<TotalCount[]> {
    return this.#session.all(totals, seen(sight))
  }
}

function seen({ project, bucket, restricted }: BucketSight) {
  return { project, bucket, restricted: restricted ? 1 : 0 }
}

function words({ criticalities, identifier, prefix }: VulnerabilityFilter) {
  return { criticalities: criticalities.join(' '), identifier, idPrefix: prefix }
}

function readVulnerability(row: VulnerabilityRow): FoundVulnerability {
  return readAdvisory(row) as FoundVulnerability
}
