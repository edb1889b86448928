import type { Sbom, SbomFormat } from '../../domain/sbom.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

type Row = Omit<Sbom, 'format' | 'late'> & {
  readonly format: string
  readonly late: number
  readonly complete: number
}

const sboms = table<Row>('sboms', {
  id: 'id',
  buildId: 'build_id',
  name: 'name',
  format: 'format',
  formatVersion: 'format_version',
  late: 'late',
  author: 'author',
  packageCount: 'package_count',
  complete: 'complete',
  createdAt: 'created_at',
})
const documents = table<{ sbomId: string; content: string }>('sbom_documents', {
  sbomId: 'sbom_id',
  content: 'content',
})

const select = `select ${sboms.columns('s')} from sboms s where s.complete = 1` as const
const ofBuild = statement<Row>()(`${select} and s.build_id = :build order by s.created_at, s.id`)
const named = statement<Row>()(`${select} and s.build_id = :build and s.name = :name`)
const byId = statement<Row>()(`${select} and s.id = :id`)
const naming = statement<Row>()(`${select} and s.build_id = :build and s.id in
  (select x.sbom_id from sbom_packages x where x.package_id = :package) order by s.created_at, s.id`)
const document = statement<{ content: string }>()(
  'select d.content as "content" from sbom_documents d where d.sbom_id = :id',
)
const complete = statement<never>()('update sboms set complete = 1 where id = :id')
const remove = statement<never>()('delete from sboms where id = :id')
const abandoned = statement<{ id: string }>()(
  'select id as "id" from sboms where complete = 0 and created_at < :time',
)

/** Bills of materials. One is not seen before all its packages are there. */
export class SbomRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Oldest first. */
  async ofBuild(build: string): Promise<Sbom[]> {
    return (await this.#session.all(ofBuild, { build })).map(read)
  }

  async find(build: string, name: string): Promise<Sbom | undefined> {
    const row = await this.#session.first(named, { build, name })
    return row && read(row)
  }

  async byId(id: string): Promise<Sbom | undefined> {
    const row = await this.#session.first(byId, { id })
    return row && read(row)
  }

  /** Those of a build that name a package. */
  async naming(build: string, packageId: number): Promise<Sbom[]> {
    return (await this.#session.all(naming, { build, package: packageId })).map(read)
  }

  /** The document as it was sent: zstd-compressed, in base64. */
  async document(id: string): Promise<string | undefined> {
    return (await this.#session.first(document, { id }))?.content
  }

  /** Adds one that is not seen yet. */
  async begin(sbom: Sbom, content: string): Promise<void> {
    const { format, late } = sbom
    await this.#session.run(sboms.insert, { ...sbom, format, late: late ? 1 : 0, complete: 0 })
    await this.#session.run(documents.insert, { sbomId: sbom.id, content })
  }

  /** Shows one whose packages are all there. */
  async complete(id: string): Promise<void> {
    await this.#session.run(complete, { id })
  }

  async remove(id: string): Promise<void> {
    await this.#session.run(remove, { id })
  }

  /** Those that were begun before a time and never completed. */
  async abandonedBefore(time: Instant): Promise<string[]> {
    return (await this.#session.all(abandoned, { time })).map(({ id }) => id)
  }
}

function read({ complete: _, ...row }: Row): Sbom {
  return { ...row, format: row.format as SbomFormat, late: row.late === 1 }
}
