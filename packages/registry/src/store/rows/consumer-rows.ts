import type { Consumption } from '../../domain/consumption.ts'
import { clientsPerConsumer } from '../../domain/limits.ts'
import { type Session, statement } from '../statement.ts'

/** A row with what people call the version and the channel. */
export type ConsumerRow = Consumption & {
  readonly number: number
  readonly fingerprint: string
  /** Null when it was none, or is gone. */
  readonly channelName: string | null
  readonly restricted: number | null
}

const add = statement<never>()(`update consumers set reads = reads + :reads, principal_name = :principalName,
  last_read_at = case when last_read_at > :lastReadAt then last_read_at else :lastReadAt end
  where version_id = :versionId and channel_id = :channelId and principal_id = :principalId and client = :client`)
const insert =
  statement<never>()(`insert into consumers (version_id, channel_id, principal_id, client, principal_name,
  reads, first_read_at, last_read_at)
  select v.id, :channelId, :principalId, :client, :principalName, :reads, :firstReadAt, :lastReadAt
  from versions v where v.id = :versionId`)
const clients = statement<{ count: number }>()(`select count(distinct client) as "count" from consumers
  where version_id = :versionId and principal_id = :principalId`)
const ofBucket = statement<ConsumerRow>()(`select k.version_id as "versionId", v.number as "number",
  v.fingerprint as "fingerprint", k.channel_id as "channelId", c.name as "channelName", c.restricted as "restricted",
  k.principal_id as "principalId", k.principal_name as "principalName", k.client as "client", k.reads as "reads",
  k.first_read_at as "firstReadAt", k.last_read_at as "lastReadAt"
  from versions v join consumers k on k.version_id = v.id
  left join channels c on c.id = k.channel_id and c.bucket_id = v.bucket_id
  where v.bucket_id = :bucket and (:version = '' or v.id = :version)
  order by k.last_read_at desc, v.number desc, k.principal_name, k.client, k.channel_id limit :limit`)

/** Who read what. */
export class ConsumerRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Adds reads to what is noted. Those of a version that is gone are dropped. */
  async add(consumption: Consumption): Promise<void> {
    const { reads, principalName, lastReadAt, versionId, channelId, principalId, client } = consumption
    const more = { reads, principalName, lastReadAt, versionId, channelId, principalId }
    if ((await this.#session.run(add, { ...more, client })) > 0) return
    const { count } = (await this.#session.first(clients, { versionId, principalId }))!
    const told = count < clientsPerConsumer ? client : ''
    if (told !== client && (await this.#session.run(add, { ...more, client: told })) > 0) return
    await this.#session.run(insert, { ...consumption, client: told })
  }

  /** Of a bucket, or of one version of it; the latest first. */
  ofBucket(
    bucket: string,
    { version, limit }: { readonly version: string; readonly limit: number },
  ): Promise<ConsumerRow[]> {
    return this.#session.all(ofBucket, { bucket, version, limit })
  }
}
