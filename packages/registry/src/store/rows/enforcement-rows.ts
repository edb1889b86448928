import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'

/** A block that a build should have run, and whether its publisher was told so before the build started. */
export interface Enforcement {
  readonly buildId: string
  readonly blockId: string
  readonly blockName: string
  readonly versionLabel: string
  readonly told: boolean
}

type Row = Omit<Enforcement, 'told'> & { readonly told: number; readonly componentType: string }

const note = statement<never>()(`insert into enforcement_reads (bucket_id, principal_id, read_at)
  values (:bucket, :principal, :now)
  on conflict (bucket_id, principal_id) do update set read_at = excluded.read_at`)
const readAt = statement<{ readAt: number }>()(`select read_at as "readAt" from enforcement_reads
  where bucket_id = :bucket and principal_id = :principal`)
const clear = statement<never>()('delete from build_enforcements where build_id = :build')
const add =
  statement<never>()(`insert into build_enforcements (build_id, block_id, block_name, version_label, told)
  values (:buildId, :blockId, :blockName, :versionLabel, :told)`)
const ofVersion = statement<Row>()(`select e.build_id as "buildId", b.component_type as "componentType",
  e.block_id as "blockId", e.block_name as "blockName", e.version_label as "versionLabel", e.told as "told"
  from build_enforcements e join builds b on b.id = e.build_id where b.version_id = :version
  order by b.created_at, b.id, e.block_name`)

/** Which builds ran although their publisher had not asked what they must run. */
export class EnforcementRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Notes that a principal asked what builds of a bucket must run. */
  async noteRead(bucket: string, principal: string, now: Instant): Promise<void> {
    await this.#session.run(note, { bucket, principal, now })
  }

  /** When the principal asked last. */
  async lastRead(bucket: string, principal: string): Promise<Instant | undefined> {
    return (await this.#session.first(readAt, { bucket, principal }))?.readAt
  }

  /** Replaces what is noted of a build. */
  async replace(build: string, enforcements: readonly Enforcement[]): Promise<void> {
    await this.#session.run(clear, { build })
    for (const one of enforcements) await this.#session.run(add, { ...one, told: one.told ? 1 : 0 })
  }

  /** What is noted of the builds of a version, oldest build first. */
  async ofVersion(version: string): Promise<(Enforcement & { readonly componentType: string })[]> {
    const rows = await this.#session.all(ofVersion, { version })
    return rows.map((row) => ({ ...row, told: row.told === 1 }))
  }
}
