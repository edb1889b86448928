import type { BuildAddress, VersionAddress } from '../../domain/address.ts'
import type { Artifact } from '../../domain/artifact.ts'
import type { Build, BuildStatus } from '../../domain/build.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import type { VersionKey } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { openBuckets } from './bucket-rows.ts'
import { Keyset } from './keyset.ts'

/** What builds are sorted by; `id` grows with the time of creation. */
export type BuildColumn = 'componentType' | 'createdAt' | 'updatedAt' | 'id'

type Row = Omit<Build, 'status' | 'labels' | 'artifacts' | 'metadata'> & {
  readonly status: string
  readonly labels: string
  readonly metadata: string | null
}
type OpenRow = Row & Omit<VersionKey, 'id'> & { readonly hasArtifacts: number }
type SilentRow = Pick<Build, 'id' | 'versionId' | 'heartbeatAt' | 'updatedAt' | 'sourceChannel'> &
  VersionAddress
type ArtifactRow = Artifact & { readonly buildId: string; readonly position: number }

/** A build that runs and has not said so for a while. */
export type SilentBuild = Omit<SilentRow, keyof VersionAddress> & {
  readonly status: 'running'
  readonly at: BuildAddress
}

const builds = table<Row>('builds', {
  id: 'id',
  versionId: 'version_id',
  componentType: 'component_type',
  status: 'status',
  platform: 'platform',
  packerRunUuid: 'packer_run_uuid',
  labels: 'labels',
  sourceExternalIdentifier: 'source_external_identifier',
  parentVersionId: 'parent_version_id',
  parentChannelId: 'parent_channel_id',
  metadata: 'metadata',
  sourceChannel: 'source_channel',
  heartbeatAt: 'heartbeat_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})
const artifacts = table<ArtifactRow>('artifacts', {
  buildId: 'build_id',
  position: 'position',
  id: 'id',
  externalIdentifier: 'external_identifier',
  region: 'region',
  createdAt: 'created_at',
})

const select = `select ${builds.columns('b')} from builds b where b.version_id = :version` as const
const open = statement<OpenRow>()(`select ${builds.columns('u')}, v.bucket_id as "bucketId",
  v.fingerprint as "fingerprint", v.number as "number",
  case when exists (select 1 from artifacts a where a.build_id = u.id) then 1 else 0 end as "hasArtifacts"
  from ${openBuckets} join versions v on v.bucket_id = b.id join builds u on u.version_id = v.id
  where b.project_id = :project and b.name = :bucket and v.fingerprint = :fingerprint and u.id = :id`)
const place = statement<{
  bucket: string
  fingerprint: string
}>()(`select vb.name as "bucket", v.fingerprint as "fingerprint"
  from builds b join versions v on v.id = b.version_id join buckets vb on vb.id = v.bucket_id
  where b.id = :id and vb.project_id = :project`)
const byComponent = statement<{ id: string }>()(
  'select id from builds where version_id = :version and component_type = :component',
)
const ofVersion = statement<Row>()(`${select} order by b.created_at, b.id`)
const states = statement<{ componentType: string; status: string }>()(
  `select component_type as "componentType", status from builds where version_id = :version order by created_at, id`,
)
const update = statement<never>()(`update builds set status = :status, platform = :platform,
  packer_run_uuid = :packerRunUuid, labels = :labels, source_external_identifier = :sourceExternalIdentifier,
  parent_version_id = :parentVersionId, parent_channel_id = :parentChannelId, metadata = :metadata,
  source_channel = :sourceChannel, heartbeat_at = :heartbeatAt, updated_at = :updatedAt where id = :id`)
const silent =
  statement<SilentRow>()(`select u.id as "id", u.version_id as "versionId", u.heartbeat_at as "heartbeatAt",
  u.updated_at as "updatedAt", u.source_channel as "sourceChannel", p.organization_id as "organizationId",
  b.project_id as "projectId", b.name as "bucket", v.fingerprint as "fingerprint"
  from builds u join versions v on v.id = u.version_id join buckets b on b.id = v.bucket_id
  join projects p on p.id = b.project_id
  where u.status = 'running' and u.heartbeat_at < :time order by u.heartbeat_at, u.id`)
const cancel = statement<never>()("update builds set status = 'cancelled', updated_at = :now where id = :id")
const beat = statement<never>()('update builds set heartbeat_at = :now where id = :id')
const remove = statement<never>()('delete from builds where id = :id')
const artifactsOfBuild = statement<ArtifactRow>()(
  `select ${artifacts.columns('a')} from artifacts a where a.build_id = :id order by a.position`,
)
const artifactsOfVersion = statement<ArtifactRow>()(`select ${artifacts.columns('a')} from artifacts a
  join builds b on b.id = a.build_id where b.version_id = :version order by a.build_id, a.position`)
const removeArtifacts = statement<never>()('delete from artifacts where build_id = :id')

const sql = {
  componentType: 'b.component_type',
  createdAt: 'b.created_at',
  updatedAt: 'b.updated_at',
  id: 'b.id',
} as const
const pages = new Keyset<Row, 'version', BuildColumn>(select, (column) => sql[column])

export class BuildRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The build at an address and what it belongs to, when the registry there is active. */
  async at(at: BuildAddress): Promise<{ readonly build: Build; readonly version: VersionKey } | undefined> {
    const { organizationId: organization, projectId: project, bucket, fingerprint, buildId: id } = at
    const row = await this.#session.first(open, { organization, project, bucket, fingerprint, id })
    if (!row) return undefined
    const { bucketId, fingerprint: _, number, hasArtifacts, ...build } = row
    const made = hasArtifacts === 1 ? await this.#session.all(artifactsOfBuild, { id }) : []
    return { build: read(build, made), version: { id: build.versionId, bucketId, fingerprint, number } }
  }

  /** Where a build of a project is. */
  place(project: string, id: string): Promise<{ bucket: string; fingerprint: string } | undefined> {
    return this.#session.first(place, { project, id })
  }

  /** Whether the version has a build of the component. */
  async has(version: string, component: string): Promise<boolean> {
    return (await this.#session.first(byComponent, { version, component })) !== undefined
  }

  /** All builds of a version, oldest first. */
  async ofVersion(version: string): Promise<Build[]> {
    return this.#withArtifacts(version, await this.#session.all(ofVersion, { version }))
  }

  async list(version: string, window: Window<BuildColumn>): Promise<Build[]> {
    const values = { version, ...pages.values(window) }
    return this.#withArtifacts(version, await this.#session.all(pages.statement(window), values))
  }

  /** How far the builds of a version are. */
  async states(version: string): Promise<{ componentType: string; status: BuildStatus }[]> {
    const rows = await this.#session.all(states, { version })
    return rows.map(({ componentType, status }) => ({ componentType, status: status as BuildStatus }))
  }

  async add(build: Build): Promise<void> {
    await this.#session.run(builds.insert, write(build))
    await this.#addArtifacts(build)
  }

  /** Writes what changed from one state of a build to the next. */
  async update(before: Build, after: Build): Promise<void> {
    await this.#session.run(update, write(after))
    if (before.artifacts === after.artifacts) return
    if (before.artifacts.length > 0) await this.#session.run(removeArtifacts, { id: after.id })
    await this.#addArtifacts(after)
  }

  /** Notes that a build says it is still running. */
  async beat(id: string, now: Instant): Promise<void> {
    await this.#session.run(beat, { id, now })
  }

  /** Running builds that were last heard of before a time, the longest silent first. */
  async silentSince(time: Instant): Promise<SilentBuild[]> {
    const rows = await this.#session.all(silent, { time })
    return rows.map(({ id, versionId, heartbeatAt, updatedAt, sourceChannel, ...version }) => ({
      ...{ id, versionId, heartbeatAt, updatedAt, sourceChannel, status: 'running' as const },
      at: { ...version, buildId: id },
    }))
  }

  async cancel(id: string, now: Instant): Promise<void> {
    await this.#session.run(cancel, { id, now })
  }

  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }

  async #addArtifacts({ id: buildId, artifacts: made }: Build): Promise<void> {
    for (const [position, artifact] of made.entries())
      await this.#session.run(artifacts.insert, { ...artifact, buildId, position })
  }

  async #withArtifacts(version: string, rows: readonly Row[]): Promise<Build[]> {
    if (rows.length === 0) return []
    const all = await this.#session.all(artifactsOfVersion, { version })
    const byBuild = Map.groupBy(all, ({ buildId }) => buildId)
    return rows.map((row) => read(row, byBuild.get(row.id) ?? []))
  }
}

function read(row: Row, artifacts: readonly ArtifactRow[]): Build {
  return {
    ...row,
    status: row.status as BuildStatus,
    labels: JSON.parse(row.labels) as Labels,
    metadata: row.metadata === null ? null : JSON.parse(row.metadata),
    artifacts: artifacts.map(({ id, externalIdentifier, region, createdAt }) => ({
      ...{ id, externalIdentifier, region, createdAt },
    })),
  }
}

function write({ artifacts: _, ...build }: Build): Row {
  return {
    ...build,
    labels: JSON.stringify(build.labels),
    metadata: build.metadata === null ? null : JSON.stringify(build.metadata),
  }
}
