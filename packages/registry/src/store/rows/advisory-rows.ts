import type { AffectedVersions } from '../../domain/affected.ts'
import type { Advisory, AffectedPackage } from '../../domain/osv.ts'
import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { Keyset } from './keyset.ts'

/** An advisory without the packages that it speaks of. */
export type AdvisoryFacts = Omit<Advisory, 'affected'>

type Row = Omit<AdvisoryFacts, 'aliases' | 'related'> & {
  readonly key: number
  readonly projectId: string
  /** Each between two spaces, so that one can be found. */
  readonly aliases: string
  readonly related: string
}

interface AffectedRow {
  readonly advisoryKey: number
  readonly place: number
  readonly stream: string
  readonly name: string
  readonly versions: string
}

const advisories = table<Row>('advisories', {
  key: 'key',
  projectId: 'project_id',
  id: 'id',
  modifiedAt: 'modified_at',
  publishedAt: 'published_at',
  withdrawnAt: 'withdrawn_at',
  criticality: 'criticality',
  severity: 'severity',
  summary: 'summary',
  details: 'details',
  aliases: 'aliases',
  related: 'related',
})
const affected = table<AffectedRow>('affected', {
  advisoryKey: 'advisory_key',
  place: 'place',
  stream: 'stream',
  name: 'name',
  versions: 'versions',
})

/** The columns of an advisory, read from the alias `v`. */
export const advisoryColumns = advisories.columns('v')

const byId = statement<Row>()(
  `select ${advisoryColumns} from advisories v where v.project_id = :project and v.id = :id`,
)
const nextKey = statement<{ key: number }>()('select coalesce(max(key), 0) + 1 as "key" from advisories')
const update =
  statement<never>()(`update advisories set modified_at = :modifiedAt, published_at = :publishedAt,
  withdrawn_at = :withdrawnAt, criticality = :criticality, severity = :severity, summary = :summary,
  details = :details, aliases = :aliases, related = :related where key = :key`)
const removeAffected = statement<never>()('delete from affected where advisory_key = :key')
const ofAdvisory = statement<AffectedRow>()(
  `select ${affected.columns('a')} from affected a where a.advisory_key = :key order by a.place`,
)
const touch =
  statement<never>()(`insert into advisory_streams (project_id, stream, imported_at) values (:project, :stream, :now)
  on conflict (project_id, stream) do update set imported_at = excluded.imported_at`)
const lastImport = statement<{ at: number | null }>()(
  'select max(imported_at) as "at" from advisory_streams where project_id = :project',
)
const streams = statement<StreamStatus>()(`select t.stream as "stream", t.imported_at as "importedAt",
  count(distinct v.key) as "advisories", count(distinct case when v.withdrawn_at is null then null else v.key end) as "withdrawn"
  from advisory_streams t
  left join affected a on a.stream = t.stream
  left join advisories v on v.key = a.advisory_key and v.project_id = t.project_id
  where t.project_id = :project group by t.stream, t.imported_at order by t.stream`)
const total = statement<{ count: number }>()(
  'select count(*) as "count" from advisories where project_id = :project',
)

const filtered = `select ${advisoryColumns} from advisories v where v.project_id = :project
  and v.id >= :prefix and v.id < :beyond` as const
const columnSql = () => 'v.id'
const all = new Keyset<Row, 'project' | 'prefix' | 'beyond', 'id'>(filtered, columnSql)
const ofStream = new Keyset<Row, 'project' | 'prefix' | 'beyond' | 'stream' | 'name', 'id'>(
  `${filtered} and v.key in (select a.advisory_key from affected a
    where (:name = '' or a.name = :name) and (:stream = '' or a.stream = :stream))`,
  columnSql,
)

/** What is known of one release of an ecosystem. */
export interface StreamStatus {
  readonly stream: string
  readonly importedAt: Instant
  readonly advisories: number
  readonly withdrawn: number
}

/** Which advisories; empty words are no matter. */
export interface AdvisoryFilter {
  readonly prefix: string
  readonly stream: string
  readonly name: string
}

/** Advisories of projects. */
export class AdvisoryRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(project: string, id: string): Promise<(AdvisoryFacts & { readonly key: number }) | undefined> {
    const row = await this.#session.first(byId, { project, id })
    return row && { ...readAdvisory(row), key: row.key }
  }

  async list(project: string, filter: AdvisoryFilter, window: Window<'id'>): Promise<AdvisoryFacts[]> {
    const { prefix, stream, name } = filter
    const bounds = { project, prefix, beyond: `${prefix}\u007f` }
    const rows =
      stream === '' && name === ''
        ? await this.#session.all(all.statement(window), { ...bounds, ...all.values(window) })
        : await this.#session.all(ofStream.statement(window), {
            ...{ ...bounds, stream, name, ...ofStream.values(window) },
          })
    return rows.map(readAdvisory)
  }

  /** Adds one; answers its key. */
  async add(project: string, { affected: packages, ...facts }: Advisory): Promise<number> {
    const { key } = (await this.#session.first(nextKey, {}))!
    await this.#session.run(advisories.insert, { key, projectId: project, ...writeFacts(facts) })
    await this.#addAffected(key, packages)
    return key
  }

  /** Puts one in the place of an older one. */
  async replace(key: number, { affected: packages, id: _, ...facts }: Advisory): Promise<void> {
    const { id: __, ...values } = writeFacts({ id: '', ...facts })
    await this.#session.run(update, { key, ...values })
    await this.#session.run(removeAffected, { key })
    await this.#addAffected(key, packages)
  }

  async affectedBy(key: number): Promise<AffectedPackage[]> {
    return (await this.#session.all(ofAdvisory, { key })).map(readAffected)
  }

  /** Notes that advisories of a stream were imported. */
  async touch(project: string, stream: string, now: Instant): Promise<void> {
    await this.#session.run(touch, { project, stream, now })
  }

  /** Null when nothing ever was. */
  async lastImport(project: string): Promise<Instant | null> {
    return (await this.#session.first(lastImport, { project }))?.at ?? null
  }

  streams(project: string): Promise<StreamStatus[]> {
    return this.#session.all(streams, { project })
  }

  async count(project: string): Promise<number> {
    return (await this.#session.first(total, { project }))!.count
  }

  async #addAffected(advisoryKey: number, packages: readonly AffectedPackage[]): Promise<void> {
    for (const [place, { stream, name, versions }] of packages.entries())
      await this.#session.run(affected.insert, {
        ...{ advisoryKey, place, stream, name, versions: JSON.stringify(versions) },
      })
  }
}

/** The facts of a row of `advisoryColumns`. */
export function readAdvisory({ key: _, projectId: __, aliases, related, ...row }: Row): AdvisoryFacts {
  return { ...row, aliases: readIds(aliases), related: readIds(related) }
}

function writeFacts({ aliases, related, ...facts }: AdvisoryFacts) {
  return { ...facts, aliases: writeIds(aliases), related: writeIds(related) }
}

function readIds(text: string): readonly string[] {
  return text.split(' ').filter((id) => id !== '')
}

function writeIds(ids: readonly string[]): string {
  return ids.length === 0 ? '' : ` ${ids.map((id) => id.replaceAll(/\s/g, '')).join(' ')} `
}

function readAffected({ stream, name, versions }: AffectedRow): AffectedPackage {
  return { stream, name, versions: JSON.parse(versions) as AffectedVersions }
}
