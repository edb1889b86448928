import type { Instant } from '../../domain/time.ts'
import { versionName } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'

/** Where to look, and how many rows to find at most. */
interface Reach {
  readonly project: string
  readonly limit: number
}

interface Named {
  readonly name: string
  readonly fingerprint: string
}

interface VersionColumns {
  readonly number: number
  readonly fingerprint: string
}

interface ChannelRow extends VersionColumns {
  readonly bucketName: string
  readonly channelName: string
  readonly restricted: number
}

interface OutdatedRow extends VersionColumns {
  readonly bucketName: string
  readonly parentBucketName: string
  readonly parentChannelName: string
  readonly parentNumber: number
  readonly parentFingerprint: string
  readonly nowNumber: number
  readonly nowFingerprint: string
}

type TrailingRow = ChannelRow & { readonly bucketId: string; readonly newer: number }
interface GoneRow {
  readonly bucketId: string
  readonly number: number
}
type RevokedRow = ChannelRow & { readonly revokeAt: Instant }
interface QuietRow {
  readonly bucketName: string
  readonly number: number | null
  readonly fingerprint: string | null
  readonly since: Instant
}

/** Each latest version whose parent's channel, or else the parent's bucket's latest, points at something newer now. */
const outdated =
  statement<OutdatedRow>()(`select distinct kb.name as "bucketName", k.number as "number", k.fingerprint as "fingerprint",
  pb.name as "parentBucketName", c.name as "parentChannelName", p.number as "parentNumber",
  p.fingerprint as "parentFingerprint", n.number as "nowNumber", n.fingerprint as "nowFingerprint"
  from buckets kb join channels l on l.bucket_id = kb.id and l.managed = 1
  join versions k on k.id = l.version_id join ancestry a on a.child_version_id = k.id
  join versions p on p.id = a.parent_version_id join buckets pb on pb.id = p.bucket_id
  join channels c on c.bucket_id = pb.id and c.id = coalesce(
    (select x.id from channels x where x.id = a.parent_channel_id and x.bucket_id = pb.id),
    (select y.id from channels y where y.bucket_id = pb.id and y.managed = 1))
  join versions n on n.id = c.version_id
  where kb.project_id = :project and n.id <> p.id
  order by kb.name, pb.name, c.name limit :limit`)
/** Counts by the index alone; revoked ones are taken off afterwards, because to look for each would take too long. */
const trailing =
  statement<TrailingRow>()(`select b.id as "bucketId", b.name as "bucketName", c.name as "channelName",
  c.restricted as "restricted", v.number as "number", v.fingerprint as "fingerprint",
  (select count(*) from versions w where w.bucket_id = v.bucket_id and w.number > v.number) as "newer"
  from buckets b join channels c on c.bucket_id = b.id and c.managed = 0 join versions v on v.id = c.version_id
  where b.project_id = :project
  and (select count(*) from versions w where w.bucket_id = v.bucket_id and w.number > v.number) >= :behind
  order by 7 desc, b.name, c.name limit :limit`)
const gone = statement<GoneRow>()(`select w.bucket_id as "bucketId", w.number as "number"
  from (select distinct version_id from revocations where revoke_at <= :now) r join versions w on w.id = r.version_id`)
const newest = statement<VersionColumns>()(`select w.number as "number", w.fingerprint as "fingerprint"
  from versions w where w.bucket_id = :bucket and w.number > 0
  and not exists (select 1 from revocations r where r.version_id = w.id and r.revoke_at <= :now)
  order by w.number desc limit 1`)
const revoked =
  statement<RevokedRow>()(`select b.name as "bucketName", c.name as "channelName", c.restricted as "restricted",
  v.number as "number", v.fingerprint as "fingerprint", min(r.revoke_at) as "revokeAt"
  from buckets b join channels c on c.bucket_id = b.id join versions v on v.id = c.version_id
  join revocations r on r.version_id = v.id where b.project_id = :project
  group by b.id, b.name, c.id, c.name, c.restricted, v.number, v.fingerprint
  order by 6, b.name, c.name limit :limit`)
const quiet =
  statement<QuietRow>()(`select b.name as "bucketName", v.number as "number", v.fingerprint as "fingerprint",
  coalesce(v.created_at, b.created_at) as "since"
  from buckets b left join versions v on v.id = (select w.id from versions w
    where w.bucket_id = b.id and w.number > 0 order by w.number desc limit 1)
  where b.project_id = :project and coalesce(v.created_at, b.created_at) < :before
  order by 4, b.name limit :limit`)

/** What has been left behind in a project. */
export class StaleRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Buckets whose latest version was built from something that has moved on. */
  async outdated(reach: Reach) {
    const rows = await this.#session.all(outdated, { ...reach })
    return rows.map((row) => ({
      ...{ bucketName: row.bucketName, version: named(row) },
      ...{ parentBucketName: row.parentBucketName, parentChannelName: row.parentChannelName },
      builtFrom: named({ number: row.parentNumber, fingerprint: row.parentFingerprint }),
      now: named({ number: row.nowNumber, fingerprint: row.nowFingerprint }),
    }))
  }

  /** Channels that so many versions or more have left behind, the furthest first. */
  async behind(reach: Reach & { readonly behind: number; readonly now: Instant }) {
    const { now, ...rest } = reach
    const candidates = await this.#session.all(trailing, rest)
    if (candidates.length === 0) return []
    const revoked = Map.groupBy(await this.#session.all(gone, { now }), ({ bucketId }) => bucketId)
    const found = []
    for (const row of candidates) {
      const lost = revoked.get(row.bucketId)?.filter(({ number }) => number > row.number).length ?? 0
      const top = await this.#session.first(newest, { bucket: row.bucketId, now })
      if (top && row.newer - lost >= reach.behind)
        found.push({ ...channel(row), behind: row.newer - lost, newest: named(top) })
    }
    return found.toSorted((a, b) => b.behind - a.behind)
  }

  /** Channels whose version is revoked or will be, the earliest first. */
  async revoked(reach: Reach) {
    const rows = await this.#session.all(revoked, { ...reach })
    return rows.map((row) => ({ ...channel(row), revokeAt: row.revokeAt }))
  }

  /** Buckets without a complete version since a time, the longest first. */
  async quiet(reach: Reach & { readonly before: Instant }) {
    const rows = await this.#session.all(quiet, { ...reach })
    return rows.map(({ bucketName, number, fingerprint, since }) => ({
      ...{ bucketName, since },
      newest: number === null || fingerprint === null ? null : named({ number, fingerprint }),
    }))
  }
}

function channel(row: ChannelRow) {
  const { bucketName, channelName } = row
  return { bucketName, channelName, restricted: row.restricted === 1, version: named(row) }
}

function named({ number, fingerprint }: VersionColumns): Named {
  return { name: versionName(number), fingerprint }
}
