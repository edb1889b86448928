import type { Bucket } from '../../domain/bucket.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { Keyset } from './keyset.ts'

/** What buckets are sorted by. */
export type BucketColumn = 'name' | 'createdAt' | 'updatedAt'

type Row = Omit<Bucket, 'labels'> & { readonly labels: string }

const buckets = table<Row>('buckets', {
  id: 'id',
  projectId: 'project_id',
  name: 'name',
  description: 'description',
  labels: 'labels',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})

const select = `select ${buckets.columns('b')} from buckets b where b.project_id = :project` as const
const byName = statement<Row>()(`${select} and b.name = :name`)
const update = statement<never>()(
  `update buckets set description = :description, labels = :labels, updated_at = :updatedAt where id = :id`,
)
const touch = statement<never>()('update buckets set updated_at = :now where id = :id')
const remove = statement<never>()('delete from buckets where id = :id')
const versionCount = statement<{ count: number }>()(
  `select count(*) as "count" from versions where bucket_id = :id`,
)
const sql = { name: 'b.name', createdAt: 'b.created_at', updatedAt: 'b.updated_at' } as const
const pages = new Keyset<Row, 'project', BucketColumn>(select, (column) => sql[column])

export class BucketRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(project: string, name: string): Promise<Bucket | undefined> {
    const row = await this.#session.first(byName, { project, name })
    return row && read(row)
  }

  async list(project: string, window: Window<BucketColumn>): Promise<Bucket[]> {
    const values = { project, ...pages.values(window) }
    return (await this.#session.all(pages.statement(window), values)).map(read)
  }

  /** How many versions a bucket has, complete and incomplete. */
  async versionCount(id: string): Promise<number> {
    return (await this.#session.first(versionCount, { id }))!.count
  }

  async add(bucket: Bucket): Promise<void> {
    await this.#session.run(buckets.insert, write(bucket))
  }

  async update(bucket: Bucket): Promise<void> {
    await this.#session.run(update, write(bucket))
  }

  /** Says that what the bucket shows of its versions changed. */
  async touch(id: string, now: Instant): Promise<void> {
    await this.#session.run(touch, { id, now })
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
