import type { Edge } from '../../domain/ancestry.ts'
import type { VersionKey } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'

/** A version and one that was built from it, with what the parent's channel points at now. */
export interface Relation {
  readonly parentBucketName: string
  readonly parentId: string
  readonly parentNumber: number
  readonly parentFingerprint: string
  readonly channelName: string | null
  readonly channelVersionId: string | null
  readonly channelVersionNumber: number | null
  readonly channelVersionFingerprint: string | null
  readonly childBucketName: string
  readonly childId: string
  readonly childNumber: number
  readonly childFingerprint: string
  readonly rank: number
}

/** A version that has an image. */
interface Publisher {
  readonly versionId: string
  readonly bucketId: string
}

/** A build whose parent is not known, and its version. */
interface Orphan extends Omit<VersionKey, 'id'> {
  readonly buildId: string
  readonly versionId: string
}

/** Edges with the channel through which the parent was read, as long as it is there. */
const withChannel =
  'ancestry a left join channels c on c.id = a.parent_channel_id and c.bucket_id = a.parent_bucket_id' as const
const rank =
  'case when c.version_id is null then 1 when c.version_id = a.parent_version_id then 0 else 2 end' as const

/** The rank of a version's relations to its parents, for a select from `versions v`. */
export const parentsRank =
  `(select max(${rank}) from ${withChannel} where a.child_version_id = v.id)` as const

const declare = statement<never>()(`insert into ancestry (child_build_id, child_version_id, parent_version_id,
  parent_bucket_id, parent_channel_id, kind, created_at) values (:childBuildId, :childVersionId, :parentVersionId,
  :parentBucketId, :parentChannelId, 'declared', :createdAt)
  on conflict (child_build_id, parent_version_id, kind) do update set parent_channel_id = excluded.parent_channel_id`)
const forget = statement<never>()(`delete from ancestry
  where child_build_id = :childBuildId and parent_version_id = :parentVersionId and kind = 'observed'`)
const observe = statement<never>()(`insert into ancestry (child_build_id, child_version_id, parent_version_id,
  parent_bucket_id, parent_channel_id, kind, created_at) values (:childBuildId, :childVersionId, :parentVersionId,
  :parentBucketId, '', 'observed', :createdAt) on conflict (child_build_id, parent_version_id, kind) do nothing`)
const hasParent = statement<{ found: number }>()(
  'select 1 as "found" from ancestry where child_build_id = :build limit 1',
)
const maker = statement<Publisher>()(`select v.id as "versionId", b.id as "bucketId" from artifacts a
  join builds u on u.id = a.build_id join versions v on v.id = u.version_id join buckets b on b.id = v.bucket_id
  where a.external_identifier = :image and b.project_id = :project and v.id <> :not
  order by v.created_at desc, v.id desc limit 1`)
const users = statement<Orphan>()(`select u.id as "buildId", v.id as "versionId", v.bucket_id as "bucketId",
  v.fingerprint as "fingerprint", v.number as "number"
  from builds u join versions v on v.id = u.version_id join buckets b on b.id = v.bucket_id
  where u.source_external_identifier = :image and u.source_external_identifier <> '' and b.project_id = :project
  and v.id <> :not and not exists (select 1 from ancestry a where a.child_build_id = u.id) order by u.id`)
const childrenRank = statement<{ rank: number | null }>()(`select max(${rank}) as "rank" from ${withChannel}
  join channels latest on latest.version_id = a.child_version_id and latest.managed = 1
  where a.parent_bucket_id = :bucket`)

const relations =
  `select distinct pb.name as "parentBucketName", p.id as "parentId", p.number as "parentNumber",
  p.fingerprint as "parentFingerprint", c.name as "channelName", cv.id as "channelVersionId",
  cv.number as "channelVersionNumber", cv.fingerprint as "channelVersionFingerprint",
  kb.name as "childBucketName", k.id as "childId", k.number as "childNumber", k.fingerprint as "childFingerprint",
  ${rank} as "rank"
  from ${withChannel} left join versions cv on cv.id = c.version_id
  join versions p on p.id = a.parent_version_id join buckets pb on pb.id = p.bucket_id
  join versions k on k.id = a.child_version_id join buckets kb on kb.id = k.bucket_id` as const
const ordered = 'order by pb.name, p.number, p.id, kb.name, k.number, k.id, c.name' as const

const parentsOf = statement<Relation>()(`${relations} where a.child_version_id = :child ${ordered}`)
const childrenOf = statement<Relation>()(`${relations}
  join channels latest on latest.version_id = k.id and latest.managed = 1
  where a.parent_bucket_id = :bucket and (:parent = '' or p.id = :parent)
  and (:channel = '' or a.parent_channel_id = :channel) ${ordered}`)

/** Who was built from whom. */
export class AncestryRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Notes a declared edge, or the channel of one that was noted without. It takes the place of an observed one. */
  async declare(edge: Edge): Promise<void> {
    const { childBuildId, parentVersionId } = edge
    await this.#session.run(forget, { childBuildId, parentVersionId })
    await this.#session.run(declare, edge)
  }

  /** Notes that a build was made from a version's image, as their identifiers tell. */
  async observe(edge: Omit<Edge, 'parentChannelId'>): Promise<void> {
    await this.#session.run(observe, edge)
  }

  /** Whether a parent of the build is known, however. */
  async hasParent(build: string): Promise<boolean> {
    return (await this.#session.first(hasParent, { build })) !== undefined
  }

  /** The newest version of a project that has the image, another than the given one. */
  maker(
    image: string,
    at: { readonly project: string; readonly not: string },
  ): Promise<Publisher | undefined> {
    return this.#session.first(maker, { image, ...at })
  }

  /** The builds of a project that were made from the image and whose parent is not known; none of the given version. */
  users(image: string, at: { readonly project: string; readonly not: string }): Promise<Orphan[]> {
    return this.#session.all(users, { image, ...at })
  }

  /** The rank of the buckets whose latest version was built from any version of the bucket; null when there are none. */
  async childrenRank(bucket: string): Promise<number | null> {
    return (await this.#session.first(childrenRank, { bucket }))!.rank
  }

  parents(child: string): Promise<Relation[]> {
    return this.#session.all(parentsOf, { child })
  }

  /** Children that are the latest of their buckets; of one parent and through one channel, where those are not empty. */
  children(bucket: string, of: { readonly parent: string; readonly channel: string }): Promise<Relation[]> {
    return this.#session.all(childrenOf, { bucket, ...of })
  }
}
