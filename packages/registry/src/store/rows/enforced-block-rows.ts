import type { EnforcedBlock, EnforcedBlockLink, EnforcedBlockVersion } from '../../domain/enforced-block.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Instant } from '../../domain/time.ts'
import type { TemplateType } from '../../domain/version.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

type Row = Omit<EnforcedBlock, 'labels'> & { readonly labels: string }
type VersionRow = Omit<EnforcedBlockVersion, 'templateType'> & { readonly templateType: string }

/** A version of a block that a bucket must run. */
export interface Enforced {
  readonly blockName: string
  readonly version: EnforcedBlockVersion
}

const blocks = table<Row>('enforced_blocks', {
  id: 'id',
  projectId: 'project_id',
  name: 'name',
  labels: 'labels',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})
const versions = table<VersionRow>('enforced_block_versions', {
  id: 'id',
  blockId: 'block_id',
  label: 'label',
  templateType: 'template_type',
  content: 'content',
  description: 'description',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})
const links = table<EnforcedBlockLink>('enforced_block_links', {
  id: 'id',
  bucketId: 'bucket_id',
  blockId: 'block_id',
  versionId: 'version_id',
  createdAt: 'created_at',
})

const select = `select ${blocks.columns('k')} from enforced_blocks k where k.project_id = :project` as const
const selectVersions = `select ${versions.columns('v')} from enforced_block_versions v` as const
const byId = statement<Row>()(`${select} and k.id = :id`)
const byName = statement<Row>()(`${select} and k.name = :name`)
const all = statement<Row>()(`${select} order by k.name`)
const update = statement<never>()(
  'update enforced_blocks set name = :name, labels = :labels, updated_at = :updatedAt where id = :id',
)
const remove = statement<never>()('delete from enforced_blocks where id = :id')
const version = statement<VersionRow>()(`${selectVersions} where v.block_id = :block and v.id = :id`)
const byLabel = statement<VersionRow>()(`${selectVersions} where v.block_id = :block and v.label = :label`)
const ofBlock = statement<VersionRow>()(
  `${selectVersions} where v.block_id = :block order by v.created_at, v.id`,
)
const newest = statement<VersionRow>()(
  `${selectVersions} where v.block_id = :block order by v.created_at desc, v.id desc limit 1`,
)
const describe = statement<never>()(
  'update enforced_block_versions set description = :description, updated_at = :now where id = :id',
)
const removeVersion = statement<never>()('delete from enforced_block_versions where id = :id')
const ofBucket = statement<VersionRow & { blockName: string }>()(`select ${versions.columns('v')},
  k.name as "blockName" from enforced_block_links l join enforced_block_versions v on v.id = l.version_id
  join enforced_blocks k on k.id = l.block_id where l.bucket_id = :bucket order by l.created_at, l.id`)
const linksOf = statement<EnforcedBlockLink & { bucketName: string }>()(`select ${links.columns('l')},
  b.name as "bucketName" from enforced_block_links l join buckets b on b.id = l.bucket_id
  where l.version_id = :version order by l.created_at, l.id`)
const linkedNames = statement<{ name: string }>()(`select b.name as "name" from enforced_block_links l
  join buckets b on b.id = l.bucket_id where l.block_id = :block and (:version = '' or l.version_id = :version)
  order by b.name`)
const link =
  statement<never>()(`insert into enforced_block_links (id, bucket_id, block_id, version_id, created_at)
  values (:id, :bucketId, :blockId, :versionId, :createdAt)
  on conflict (bucket_id, block_id) do update set id = excluded.id, version_id = excluded.version_id,
  created_at = excluded.created_at`)
const unlink = statement<never>()(
  'delete from enforced_block_links where bucket_id = :bucket and version_id = :version',
)
const count = statement<{ count: number }>()(
  'select count(*) as "count" from enforced_blocks where project_id = :project',
)
const versionCount = statement<{ count: number }>()(
  'select count(*) as "count" from enforced_block_versions where block_id = :block',
)

/** Enforced blocks, their versions, and the buckets that must run them. */
export class EnforcedBlockRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(project: string, id: string): Promise<EnforcedBlock | undefined> {
    const row = await this.#session.first(byId, { project, id })
    return row && read(row)
  }

  async named(project: string, name: string): Promise<EnforcedBlock | undefined> {
    const row = await this.#session.first(byName, { project, name })
    return row && read(row)
  }

  /** By name. */
  async list(project: string): Promise<EnforcedBlock[]> {
    return (await this.#session.all(all, { project })).map(read)
  }

  async count(project: string): Promise<number> {
    return (await this.#session.first(count, { project }))!.count
  }

  async add(block: EnforcedBlock): Promise<void> {
    await this.#session.run(blocks.insert, { ...block, labels: JSON.stringify(block.labels) })
  }

  async update({ id, name, labels, updatedAt }: EnforcedBlock): Promise<void> {
    await this.#session.run(update, { id, name, labels: JSON.stringify(labels), updatedAt })
  }

  /** Removes a block that no bucket is linked to, with its versions. */
  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }

  async version(block: string, id: string): Promise<EnforcedBlockVersion | undefined> {
    const row = await this.#session.first(version, { block, id })
    return row && readVersion(row)
  }

  async labelled(block: string, label: string): Promise<EnforcedBlockVersion | undefined> {
    const row = await this.#session.first(byLabel, { block, label })
    return row && readVersion(row)
  }

  /** Oldest first. */
  async versions(block: string): Promise<EnforcedBlockVersion[]> {
    return (await this.#session.all(ofBlock, { block })).map(readVersion)
  }

  async versionCount(block: string): Promise<number> {
    return (await this.#session.first(versionCount, { block }))!.count
  }

  async newestVersion(block: string): Promise<EnforcedBlockVersion | undefined> {
    const row = await this.#session.first(newest, { block })
    return row && readVersion(row)
  }

  async addVersion(one: EnforcedBlockVersion): Promise<void> {
    await this.#session.run(versions.insert, one)
  }

  async describe(id: string, description: string, now: Instant): Promise<void> {
    await this.#session.run(describe, { id, description, now })
  }

  async removeVersion(id: string): Promise<void> {
    await this.#session.run(removeVersion, { id })
  }

  /** What builds of a bucket must run, in the order in which it was linked. */
  async ofBucket(bucket: string): Promise<Enforced[]> {
    const rows = await this.#session.all(ofBucket, { bucket })
    return rows.map(({ blockName, ...row }) => ({ blockName, version: readVersion(row) }))
  }

  /** The links of a version, oldest first. */
  links(versionId: string): Promise<(EnforcedBlockLink & { readonly bucketName: string })[]> {
    return this.#session.all(linksOf, { version: versionId })
  }

  /** The names of the buckets that are linked to a block, or to one version of it. */
  async linkedBuckets(block: string, versionId = ''): Promise<string[]> {
    const rows = await this.#session.all(linkedNames, { block, version: versionId })
    return rows.map(({ name }) => name)
  }

  /** Links a bucket to a version; it is no longer linked to another version of the block. */
  async link(one: EnforcedBlockLink): Promise<void> {
    await this.#session.run(link, one)
  }

  async unlink(bucket: string, versionId: string): Promise<void> {
    await this.#session.run(unlink, { bucket, version: versionId })
  }
}

function read(row: Row): EnforcedBlock {
  return { ...row, labels: JSON.parse(row.labels) as Labels }
}

function readVersion({ templateType, ...row }: VersionRow): EnforcedBlockVersion {
  return { ...row, templateType: templateType as TemplateType }
}
