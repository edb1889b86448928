import type { ChannelAddress } from '../../domain/address.ts'
import { ancestryStatus } from '../../domain/ancestry.ts'
import type { Assignment, Channel } from '../../domain/channel.ts'
import type { Window } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import type { VersionSight, VersionStanding } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { parentsRank } from './ancestry-rows.ts'
import { openBuckets } from './bucket-rows.ts'
import { Keyset } from './keyset.ts'
import { heirs } from './revocation-rows.ts'
import { readStanding, type StandingRow, standing, standingColumns } from './version-rows.ts'

type Row = Omit<Channel, 'managed' | 'restricted'> & { readonly managed: number; readonly restricted: number }

/** A channel and what the rendering of its version depends on. */
type HeadRow = Row & {
  readonly revision: number | null
  readonly hasDescendants: number
  readonly parentsRank: number | null
  readonly revokeAt: number | null
}

/** A channel, and as much of its version as tells one rendering from another. */
export interface ChannelSight {
  readonly channel: Channel
  readonly version: VersionSight | null
}

const channels = table<Row>('channels', {
  id: 'id',
  bucketId: 'bucket_id',
  name: 'name',
  author: 'author',
  managed: 'managed',
  restricted: 'restricted',
  versionId: 'version_id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})
const assignments = table<Assignment>('assignments', {
  channelId: 'channel_id',
  sequence: 'sequence',
  versionId: 'version_id',
  author: 'author',
  assignedAt: 'assigned_at',
})

const select = `select ${channels.columns('c')} from channels c` as const
const byName = statement<Row>()(`${select} where c.bucket_id = :bucket and c.name = :name`)
const byId = statement<Row>()(`${select} where c.bucket_id = :bucket and c.id = :id`)
const ofBucket = statement<Row>()(`${select} where c.bucket_id = :bucket order by c.managed desc, c.name`)
const ofVersion = statement<Row>()(`${select} where c.version_id = :version order by c.name`)
const ofRevoked = statement<Row>()(`${heirs} ${select} join heirs h on h.id = c.version_id
  join revocations r on r.version_id = h.id and r.origin_id = :origin
  where r.revoke_at <= :now order by c.id`)
const ofOrigin = statement<Row>()(`${select} join revocations r on r.version_id = c.version_id
  where r.origin_id = :origin and r.revoke_at <= :now order by c.id`)
const latestOf = statement<StandingRow>()(`select ${standingColumns} from channels c
  join versions v on v.id = c.version_id ${standing} where c.bucket_id = :bucket and c.managed = 1`)
const open = statement<HeadRow>()(`select ${channels.columns('c')}, v.revision as "revision",
  case when exists (select 1 from ancestry h where h.parent_version_id = v.id) then 1 else 0 end as "hasDescendants",
  ${parentsRank} as "parentsRank",
  (select min(x.revoke_at) from revocations x where x.version_id = v.id) as "revokeAt"
  from ${openBuckets} join channels c on c.bucket_id = b.id left join versions v on v.id = c.version_id
  where b.project_id = :project and b.name = :bucket and c.name = :channel`)
const update = statement<never>()(`update channels set author = :author, restricted = :restricted,
  version_id = :versionId, updated_at = :updatedAt where id = :id`)
const remove = statement<never>()('delete from channels where id = :id')
const assign =
  statement<never>()(`insert into assignments (channel_id, sequence, version_id, author, assigned_at)
  values (:channel, (select coalesce(max(sequence), 0) + 1 from assignments where channel_id = :channel),
  :version, :author, :now)`)
const fallback = statement<{ versionId: string }>()(`select h.version_id as "versionId" from assignments h
  join versions v on v.id = h.version_id
  where h.channel_id = :channel and h.version_id <> :not and v.number > 0
  and not exists (select 1 from revocations r where r.version_id = v.id and r.revoke_at <= :now)
  order by h.sequence desc limit 1`)
const historyCount = statement<{ count: number }>()(
  'select count(*) as "count" from assignments where channel_id = :channel',
)
const history = new Keyset<Assignment, 'channel', 'sequence'>(
  `select ${assignments.columns('h')} from assignments h where h.channel_id = :channel`,
  () => 'h.sequence',
)

export class ChannelRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(bucket: string, name: string): Promise<Channel | undefined> {
    const row = await this.#session.first(byName, { bucket, name })
    return row && read(row)
  }

  async byId(bucket: string, id: string): Promise<Channel | undefined> {
    const row = await this.#session.first(byId, { bucket, id })
    return row && read(row)
  }

  /** The channel at an address, when the registry there is active, in one look. */
  async at(at: ChannelAddress): Promise<ChannelSight | undefined> {
    const { organizationId: organization, projectId: project, bucket, channel } = at
    const row = await this.#session.first(open, { organization, project, bucket, channel })
    return row && { channel: read(row), version: readSight(row) }
  }

  /** The managed one first, the others by name. */
  async ofBucket(bucket: string): Promise<Channel[]> {
    return (await this.#session.all(ofBucket, { bucket })).map(read)
  }

  /** The channels that point at a version, by name. */
  async ofVersion(version: string): Promise<Channel[]> {
    return (await this.#session.all(ofVersion, { version })).map(read)
  }

  /** The channels that point at a version or an heir of it which the origin's revocation has reached. */
  async ofRevoked(at: { version: string; origin: string; now: Instant }): Promise<Channel[]> {
    return (await this.#session.all(ofRevoked, at)).map(read)
  }

  /** The channels that point at any version which the origin's revocation has reached. */
  async ofOrigin(at: { origin: string; now: Instant }): Promise<Channel[]> {
    return (await this.#session.all(ofOrigin, at)).map(read)
  }

  /** The version on the managed channel of a bucket. */
  async latestVersion(bucket: string): Promise<VersionStanding | undefined> {
    const row = await this.#session.first(latestOf, { bucket })
    return row && readStanding(row)
  }

  async add(channel: Channel): Promise<void> {
    await this.#session.run(channels.insert, write(channel))
  }

  async update(channel: Channel): Promise<void> {
    const { id, author, restricted, versionId, updatedAt } = write(channel)
    await this.#session.run(update, { id, author, restricted, versionId, updatedAt })
  }

  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }

  /** Adds a row to a channel's history: what the channel now points at, and by whose hand. */
  async record(channel: Channel): Promise<void> {
    const { id, versionId: version, author, updatedAt: now } = channel
    await this.#session.run(assign, { channel: id, version, author, now })
  }

  /** The version that the channel pointed at most recently, another than the given one, complete and not revoked. */
  async fallback(channel: string, not: string, now: Instant): Promise<string | null> {
    return (await this.#session.first(fallback, { channel, not, now }))?.versionId ?? null
  }

  history(channel: string, window: Window<'sequence'>): Promise<Assignment[]> {
    return this.#session.all(history.statement(window), { channel, ...history.values(window) })
  }

  async historyCount(channel: string): Promise<number> {
    return (await this.#session.first(historyCount, { channel }))!.count
  }
}

function read({ id, bucketId, name, author, versionId, createdAt, updatedAt, ...row }: Row): Channel {
  const { managed, restricted } = row
  return {
    ...{ id, bucketId, name, author, versionId, createdAt, updatedAt },
    ...{ managed: managed === 1, restricted: restricted === 1 },
  }
}

function readSight({
  versionId: id,
  revision,
  hasDescendants,
  parentsRank,
  revokeAt,
}: HeadRow): VersionSight | null {
  if (id === null || revision === null) return null
  const parents = parentsRank === null ? undefined : ancestryStatus(parentsRank)
  return { id, revision, hasDescendants: hasDescendants === 1, parents, revokeAt }
}

function write(channel: Channel): Row {
  return { ...channel, managed: channel.managed ? 1 : 0, restricted: channel.restricted ? 1 : 0 }
}
