import type { Revocation } from '../../domain/revocation.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

type Row = Omit<Revocation, 'spreads'> & { readonly spreads: number }

const revocations = table<Row>('revocations', {
  versionId: 'version_id',
  originId: 'origin_id',
  originBucket: 'origin_bucket',
  originFingerprint: 'origin_fingerprint',
  originNumber: 'origin_number',
  spreads: 'spreads',
  revokeAt: 'revoke_at',
  author: 'author',
  message: 'message',
  createdAt: 'created_at',
})

const of = statement<Row & { originExists: number }>()(`select ${revocations.columns('r')},
  case when v.id is null then 0 else 1 end as "originExists"
  from revocations r left join versions v on v.id = r.origin_id where r.version_id = :version`)
const lift = statement<never>()('delete from revocations where origin_id = :origin')
const liftFrom = statement<never>()(
  'delete from revocations where version_id = :version and origin_id = :origin',
)
const rename = statement<never>()('update revocations set origin_number = :number where origin_id = :origin')
const touch = statement<never>()(`update versions set revision = revision + 1, updated_at = :now
  where id in (select version_id from revocations where origin_id = :origin)`)

/** A version and all that were built from it, however far down. */
export const heirs = `with recursive heirs(id) as (select id from versions where id = :version
  union select a.child_version_id from ancestry a join heirs h on a.parent_version_id = h.id)` as const

/** Gives the revocation of `:origin`, as it stands on `:parent`, to `:version` and all its heirs. */
const spread = statement<never>()(`insert into revocations (version_id, origin_id, origin_bucket,
  origin_fingerprint, origin_number, spreads, revoke_at, author, message, created_at)
  ${heirs} select h.id, r.origin_id, r.origin_bucket, r.origin_fingerprint, r.origin_number, 1, r.revoke_at,
  r.author, r.message, r.created_at from heirs h join revocations r on r.version_id = :parent
  where r.origin_id = :origin and h.id <> :origin on conflict (version_id, origin_id) do nothing`)

/** Which versions are not to be used any more, by themselves or through an ancestor. */
export class RevocationRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The revocations of a version, and whether their origins are still there. */
  async of(version: string): Promise<(Revocation & { readonly originExists: boolean })[]> {
    const rows = await this.#session.all(of, { version })
    return rows.map((row) => ({ ...row, spreads: row.spreads === 1, originExists: row.originExists === 1 }))
  }

  async add(revocation: Revocation): Promise<void> {
    await this.#session.run(revocations.insert, { ...revocation, spreads: revocation.spreads ? 1 : 0 })
  }

  /** Gives the revocation of an origin, as it stands on a parent, to a version and its heirs; answers to how many. */
  spread(origin: string, from: { readonly parent: string; readonly version: string }): Promise<number> {
    return this.#session.run(spread, { origin, ...from })
  }

  /** Takes the revocation of an origin from it and from all that inherited it. */
  async lift(origin: string): Promise<void> {
    await this.#session.run(lift, { origin })
  }

  /** Takes the revocation of an origin from one version only. */
  async liftFrom(version: string, origin: string): Promise<void> {
    await this.#session.run(liftFrom, { version, origin })
  }

  /** Tells the inheritors the number that their origin got. */
  async renumber(origin: string, number: number): Promise<void> {
    await this.#session.run(rename, { origin, number })
  }

  /** Says of all versions with a revocation of the origin that something about them changed. */
  async touch(origin: string, now: number): Promise<void> {
    await this.#session.run(touch, { origin, now })
  }
}
