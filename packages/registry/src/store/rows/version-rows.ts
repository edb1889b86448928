import type { VersionAddress } from '../../domain/address.ts'
import { ancestryStatus } from '../../domain/ancestry.ts'
import type { Window } from '../../domain/page.ts'
import type { Revocation } from '../../domain/revocation.ts'
import type { Instant } from '../../domain/time.ts'
import type { TemplateType, Version, VersionStanding } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { parentsRank } from './ancestry-rows.ts'
import { openBuckets } from './bucket-rows.ts'
import { Keyset } from './keyset.ts'

/** What versions are sorted by; `id` grows with the time of creation. */
export type VersionColumn = 'number' | 'fingerprint' | 'createdAt' | 'updatedAt' | 'id'

type Row = Omit<Version, 'templateType'> & { readonly templateType: string }

/** A version's row with the columns that tell how it stands. */
export type StandingRow = Row & {
  readonly bucketName: string
  readonly hasDescendants: number
  readonly parentsRank: number | null
  readonly originId: string | null
  readonly originBucket: string
  readonly originFingerprint: string
  readonly originNumber: number
  readonly spreads: number
  readonly revokeAt: number
  readonly revocationAuthor: string
  readonly revocationMessage: string
  readonly revokedAt: number
}

const versions = table<Row>('versions', {
  id: 'id',
  bucketId: 'bucket_id',
  fingerprint: 'fingerprint',
  number: 'number',
  templateType: 'template_type',
  author: 'author',
  revision: 'revision',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})

/** What a select from `versions v` joined with the `standing` reads. */
export const standingColumns = `${versions.columns('v')}, vb.name as "bucketName",
  case when exists (select 1 from ancestry h where h.parent_version_id = v.id) then 1 else 0 end as "hasDescendants",
  ${parentsRank} as "parentsRank", r.origin_id as "originId", r.origin_bucket as "originBucket",
  r.origin_fingerprint as "originFingerprint", r.origin_number as "originNumber", r.spreads as "spreads",
  r.revoke_at as "revokeAt", r.author as "revocationAuthor", r.message as "revocationMessage",
  r.created_at as "revokedAt"`

/** The joins that follow `versions v`: its bucket, and the revocation that counts. */
export const standing = `join buckets vb on vb.id = v.bucket_id
  left join revocations r on r.version_id = v.id and r.origin_id = (select x.origin_id from revocations x
    where x.version_id = v.id
    order by x.revoke_at, case when x.origin_id = x.version_id then 0 else 1 end, x.created_at, x.origin_id limit 1)`

const select = `select ${standingColumns} from versions v ${standing}` as const
const open = statement<StandingRow>()(`select ${standingColumns} from ${openBuckets}
  join versions v on v.bucket_id = b.id ${standing}
  where b.project_id = :project and b.name = :bucket and v.fingerprint = :fingerprint`)
const byFingerprint = statement<StandingRow>()(
  `${select} where v.bucket_id = :bucket and v.fingerprint = :fingerprint`,
)
const byId = statement<StandingRow>()(`${select} where v.id = :id and vb.project_id = :project`)
const byNumber = statement<StandingRow>()(`${select} where v.bucket_id = :bucket and v.number = :number`)
const newest = statement<StandingRow>()(
  `${select} where v.bucket_id = :bucket order by v.created_at desc, v.id desc limit 1`,
)
const highestNumber = statement<{ number: number | null }>()(
  'select max(number) as "number" from versions where bucket_id = :bucket',
)
const completeBefore = statement<StandingRow>()(
  `${select} where v.bucket_id = :bucket and v.number > 0 and v.number < :number order by v.number desc limit 1`,
)
const touch = statement<never>()(
  'update versions set revision = revision + 1, updated_at = :now where id = :id',
)
const complete = statement<never>()(
  'update versions set number = :number, revision = revision + 1, updated_at = :now where id = :id',
)
const remove = statement<never>()('delete from versions where id = :id')

const sql = {
  number: 'v.number',
  fingerprint: 'v.fingerprint',
  createdAt: 'v.created_at',
  updatedAt: 'v.updated_at',
  id: 'v.id',
} as const
const pages = new Keyset<StandingRow, 'bucket', VersionColumn>(
  `${select} where v.bucket_id = :bucket`,
  (column) => sql[column],
)

export class VersionRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(bucket: string, fingerprint: string): Promise<VersionStanding | undefined> {
    const row = await this.#session.first(byFingerprint, { bucket, fingerprint })
    return row && readStanding(row)
  }

  /** The version at an address, when the registry there is active. */
  async at(at: VersionAddress): Promise<VersionStanding | undefined> {
    const { organizationId: organization, projectId: project, bucket, fingerprint } = at
    const row = await this.#session.first(open, { organization, project, bucket, fingerprint })
    return row && readStanding(row)
  }

  /** A version of a project by its identifier. */
  async byId(project: string, id: string): Promise<VersionStanding | undefined> {
    const row = await this.#session.first(byId, { project, id })
    return row && readStanding(row)
  }

  /** A complete version by its number. */
  async byNumber(bucket: string, number: number): Promise<VersionStanding | undefined> {
    const row = await this.#session.first(byNumber, { bucket, number })
    return row && readStanding(row)
  }

  /** The version of a bucket that was begun last. */
  async newest(bucket: string): Promise<VersionStanding | undefined> {
    const row = await this.#session.first(newest, { bucket })
    return row && readStanding(row)
  }

  async list(bucket: string, window: Window<VersionColumn>): Promise<VersionStanding[]> {
    const values = { bucket, ...pages.values(window) }
    return (await this.#session.all(pages.statement(window), values)).map(readStanding)
  }

  /** The complete version of the bucket before this one; the newest while this one is not complete. */
  async completeBefore({
    bucketId: bucket,
    number,
  }: Pick<Version, 'bucketId' | 'number'>): Promise<VersionStanding | undefined> {
    const below = number > 0 ? number : Number.MAX_SAFE_INTEGER
    const row = await this.#session.first(completeBefore, { bucket, number: below })
    return row && readStanding(row)
  }

  /** The highest number in a bucket; 0 when nothing is complete. */
  async highestNumber(bucket: string): Promise<number> {
    return (await this.#session.first(highestNumber, { bucket }))?.number ?? 0
  }

  async add(version: Version): Promise<void> {
    await this.#session.run(versions.insert, version)
  }

  /** Says that something about the version changed. */
  async touch(id: string, now: Instant): Promise<void> {
    await this.#session.run(touch, { id, now })
  }

  async complete(id: string, number: number, now: Instant): Promise<void> {
    await this.#session.run(complete, { id, number, now })
  }

  /** Removes a version with its builds; channels that point at it are emptied, their history forgets it. */
  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }
}

export function readStanding(row: StandingRow): VersionStanding {
  const { id, bucketId, bucketName, fingerprint, number, author, revision, createdAt, updatedAt } = row
  return {
    ...{ id, bucketId, bucketName, fingerprint, number, author, revision, createdAt, updatedAt },
    templateType: row.templateType as TemplateType,
    revocation: row.originId === null ? null : readRevocation(row, row.originId),
    hasDescendants: row.hasDescendants === 1,
    parents: row.parentsRank === null ? undefined : ancestryStatus(row.parentsRank),
  }
}

function readRevocation(row: StandingRow, originId: string): Revocation {
  const { originBucket, originFingerprint, originNumber, revokeAt } = row
  return {
    ...{ originId, originBucket, originFingerprint, originNumber, revokeAt },
    versionId: row.id,
    spreads: row.spreads === 1,
    author: row.revocationAuthor,
    message: row.revocationMessage,
    createdAt: row.revokedAt,
  }
}
