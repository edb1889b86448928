import type { Instant } from '../../domain/time.ts'
import type { VersionStanding } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'

export type Direction = 'ancestors' | 'descendants'

/** Where a walk starts, and how far it goes. */
interface Reach {
  readonly bucket: string
  /** A version of the bucket; all of them when it is empty. */
  readonly version: string
  /** Steps from the start. */
  readonly depth: number
  /** Nodes at most, the nearest first. */
  readonly limit: number
}

/** A version and its steps from the start. */
export interface GraphNode
  extends Pick<VersionStanding, 'id' | 'bucketName' | 'fingerprint' | 'number' | 'createdAt'> {
  readonly depth: number
  /** When the first of its revocations counts from. */
  readonly revokeAt: Instant | null
}

/** A version and one that was built from it, as often as their builds say so in different ways. */
export interface GraphEdge {
  readonly parentId: string
  readonly childId: string
  readonly kind: 'declared' | 'observed'
  /** The channel through which the parent was read; null when it was none, or is gone. */
  readonly channelName: string | null
  readonly rank: number
}

/** That a channel points at a version. */
export interface Pointer {
  readonly versionId: string
  readonly name: string
  readonly restricted: boolean
}

/** What a walk came by. */
export interface Walk {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly pointers: readonly Pointer[]
}

type PointerRow = Omit<Pointer, 'restricted'> & { readonly restricted: number }

const start = `with recursive reached(id, depth) as (select id, 0 from versions
  where bucket_id = :bucket and (:version = '' or id = :version) union` as const
const down = `${start} select a.child_version_id, r.depth + 1
  from ancestry a join reached r on a.parent_version_id = r.id where r.depth < :depth)` as const
const up = `${start} select a.parent_version_id, r.depth + 1
  from ancestry a join reached r on a.child_version_id = r.id where r.depth < :depth)` as const
const nodes =
  `select v.id as "id", b.name as "bucketName", v.fingerprint as "fingerprint", v.number as "number",
  v.created_at as "createdAt", n.depth as "depth",
  (select min(r.revoke_at) from revocations r where r.version_id = v.id) as "revokeAt"
  from (select id, min(depth) as depth from reached group by id order by 2, 1 limit :limit) n
  join versions v on v.id = n.id join buckets b on b.id = v.bucket_id order by n.depth, b.name, v.number, v.id` as const
const edges =
  `select distinct a.parent_version_id as "parentId", a.child_version_id as "childId", a.kind as "kind",
  c.name as "channelName", case when c.version_id is null then 1 when c.version_id = a.parent_version_id then 0
  else 2 end as "rank"
  from ancestry a left join channels c on c.id = a.parent_channel_id and c.bucket_id = a.parent_bucket_id` as const
const nearer = '(select id from reached where depth < :depth)' as const
const pointers =
  `select c.version_id as "versionId", c.name as "name", c.restricted as "restricted" from channels c
  where c.version_id in (select id from reached where depth <= :depth) order by c.managed desc, c.name` as const

const statements = {
  descendants: {
    nodes: statement<GraphNode>()(`${down} ${nodes}`),
    edges: statement<GraphEdge>()(
      `${down} ${edges} where a.parent_version_id in ${nearer} order by 1, 2, 3, 4`,
    ),
    pointers: statement<PointerRow>()(`${down} ${pointers}`),
  },
  ancestors: {
    nodes: statement<GraphNode>()(`${up} ${nodes}`),
    edges: statement<GraphEdge>()(`${up} ${edges} where a.child_version_id in ${nearer} order by 1, 2, 3, 4`),
    pointers: statement<PointerRow>()(`${up} ${pointers}`),
  },
}

/** Versions and what they were built from, over many steps. */
export class GraphRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The start and all that was built from it, or all that it was built from; the nearest first. */
  async walk(direction: Direction, { limit, ...reach }: Reach): Promise<Walk> {
    const { nodes, edges, pointers } = statements[direction]
    return {
      nodes: await this.#session.all(nodes, { ...reach, limit }),
      edges: await this.#session.all(edges, reach),
      pointers: (await this.#session.all(pointers, reach)).map((row) => ({
        ...row,
        restricted: row.restricted === 1,
      })),
    }
  }
}
