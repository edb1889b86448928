import type { BucketAddress } from '../../domain/address.ts'
import type { Bucket } from '../../domain/bucket.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { Keyset } from './keyset.ts'

/** What buckets are sorted by. */
export type BucketColumn = 'name' | 'createdAt' | 'updatedAt'

/** Buckets `b` of active registries of the organization `:organization`. */
export const openBuckets =
  `buckets b join projects p on p.id = b.project_id and p.organization_id = :organization
  join registries g on g.project_id = p.id and g.activated = 1` as const

type Row = Omit<Bucket, 'labels'> & { readonly labels: string }

const buckets = table<Row>('buckets', {
  id: 'id',
  projectId: 'project_id',
  name: 'name',
  description: 'description',
  labels: 'labels',
  versionCount: 'version_count',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})

const select = `select ${buckets.columns('b')} from buckets b where b.project_id = :project` as const
const byName = statement<Row>()(`${select} and b.name = :name`)
const open = statement<Row>()(
  `select ${buckets.columns('b')} from ${openBuckets} where b.project_id = :project and b.name = :bucket`,
)
const byId = statement<Row>()(`${select} and b.id = :id`)
const update = statement<never>()(
  `update buckets set description = :description, labels = :labels, updated_at = :updatedAt where id = :id`,
)
const touch = statement<never>()(
  'update buckets set version_count = version_count + :versions, updated_at = :now where id = :id',
)
const remove = statement<never>()('delete from buckets where id = :id')
const sql = { name: 'b.name', createdAt: 'b.created_at', updatedAt: 'b.updated_at' } as const
const pages = new Keyset<Row, 'project', BucketColumn>(select, (column) => sql[column])
const grantedPages = new Keyset<Row, 'project' | 'principal', BucketColumn>(
  `${select} and exists (select 1 from role_bindings r where r.principal_id = :principal
    and r.resource = 'packer/project/' || b.project_id || '/bucket/' || b.name)`,
  (column) => sql[column],
)

export class BucketRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(project: string, name: string): Promise<Bucket | undefined> {
    const row = await this.#session.first(byName, { project, name })
    return row && read(row)
  }

  async byId(project: string, id: string): Promise<Bucket | undefined> {
    const row = await this.#session.first(byId, { project, id })
    return row && read(row)
  }

  /** The bucket at an address, when the registry there is active. */
  async at({
    organizationId: organization,
    projectId: project,
    bucket,
  }: BucketAddress): Promise<Bucket | undefined> {
    const row = await this.#session.first(open, { organization, project, bucket })
    return row && read(row)
  }

  async list(project: string, window: Window<BucketColumn>): Promise<Bucket[]> {
    const values = { project, ...pages.values(window) }
    return (await this.#session.all(pages.statement(window), values)).map(read)
  }

  /** The same of those on which a principal was given a role. */
  async listOf(project: string, principal: string, window: Window<BucketColumn>): Promise<Bucket[]> {
    const values = { project, principal, ...grantedPages.values(window) }
    return (await this.#session.all(grantedPages.statement(window), values)).map(read)
  }

  async add(bucket: Bucket): Promise<void> {
    await this.#session.run(buckets.insert, write(bucket))
  }

  async update(bucket: Bucket): Promise<void> {
    await this.#session.run(update, write(bucket))
  }

  /** Says that what the bucket shows of its versions changed, and how many more or fewer there are. */
  async touch(id: string, now: Instant, versions: -1 | 0 | 1 = 0): Promise<void> {
    await this.#session.run(touch, { id, now, versions })
  }

  /** Removes a bucket with everything in it. */
  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }
}

function read(row: Row): Bucket {
  return { ...row, labels: JSON.parse(row.labels) as Labels }
}

function write(bucket: Bucket): Row {
  return { ...bucket, labels: JSON.stringify(bucket.labels) }
}
