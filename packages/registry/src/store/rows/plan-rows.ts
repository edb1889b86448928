import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { heirs } from './revocation-rows.ts'

/** A version that a revocation would reach. */
export interface PlannedVersion {
  readonly id: string
  readonly bucketName: string
  readonly fingerprint: string
  readonly number: number
  readonly revoked: boolean
}

/** A channel that a revocation would move, and where to. */
export interface PlannedMove {
  readonly channelId: string
  readonly channel: string
  readonly bucketName: string
  readonly fromNumber: number
  readonly fromFingerprint: string
  readonly toId: string | null
  readonly toNumber: number | null
  readonly toFingerprint: string | null
}

/** The version, and what was built from it unless `:spreads` is 0. */
const reached = `${heirs}, reached(id) as (select id from heirs where :spreads = 1 or id = :version)` as const
const versions = statement<Omit<PlannedVersion, 'revoked'> & { revoked: number }>()(`${reached}
  select v.id as "id", b.name as "bucketName", v.fingerprint as "fingerprint", v.number as "number",
  case when exists (select 1 from revocations r where r.version_id = v.id and r.revoke_at <= :now)
    then 1 else 0 end as "revoked"
  from reached h join versions v on v.id = h.id join buckets b on b.id = v.bucket_id
  order by b.name, v.number, v.id`)
const moves = statement<PlannedMove>()(`${reached}
  select m."channelId", m."channel", m."bucketName", m."fromNumber", m."fromFingerprint", m."toId",
  t.number as "toNumber", t.fingerprint as "toFingerprint" from (
    select c.id as "channelId", c.name as "channel", b.name as "bucketName", v.number as "fromNumber",
    v.fingerprint as "fromFingerprint",
    (select a.version_id from assignments a join versions w on w.id = a.version_id
      where a.channel_id = c.id and w.number > 0 and a.version_id not in (select id from reached)
      and not exists (select 1 from revocations r where r.version_id = w.id and r.revoke_at <= :now)
      order by a.sequence desc limit 1) as "toId"
    from reached h join channels c on c.version_id = h.id join versions v on v.id = h.id
    join buckets b on b.id = c.bucket_id) m
  left join versions t on t.id = m."toId" order by m."bucketName", m."channel"`)

interface Reach {
  readonly version: string
  /** Whether what was built from the version is revoked with it. */
  readonly spreads: boolean
  readonly now: Instant
}

/** What a revocation would do to the rows as they are. */
export class PlanRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The version and those that would be revoked with it, by bucket and number. */
  async versions({ version, spreads, now }: Reach): Promise<PlannedVersion[]> {
    const rows = await this.#session.all(versions, { version, spreads: spreads ? 1 : 0, now })
    return rows.map((row) => ({ ...row, revoked: row.revoked === 1 }))
  }

  /** The channels that point at one of them, by bucket and name. */
  moves({ version, spreads, now }: Reach): Promise<PlannedMove[]> {
    return this.#session.all(moves, { version, spreads: spreads ? 1 : 0, now })
  }
}
