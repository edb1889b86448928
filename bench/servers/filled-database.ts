import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

const now = Date.UTC(2026, 0, 1)

const inserts = {
  bucket: `insert into buckets (id, project_id, name, description, labels, version_count, created_at, updated_at)
    values (?, ?, ?, 'images', '{"team":"platform"}', ?, ?, ?)`,
  version: `insert into versions (id, bucket_id, fingerprint, number, template_type, author, revision, created_at,
    updated_at) values (?, ?, ?, ?, 'hcl2', 'local', 1, ?, ?)`,
  build: `insert into builds (id, version_id, component_type, status, platform, packer_run_uuid, labels,
    source_external_identifier, parent_version_id, parent_channel_id, metadata, source_channel, heartbeat_at,
    created_at, updated_at) values (?, ?, 'amazon-ebs.web', 'done', 'aws', '54934258-6834-4156-53d1-9b0ddb3a749d',
    '{"commit":"abc123"}', '', ?, '', null, 'packer/1.16.0', null, ?, ?)`,
  artifact: `insert into artifacts (build_id, position, id, external_identifier, region, created_at)
    values (?, 0, ?, ?, 'us-east-1', ?)`,
  ancestry: `insert into ancestry (child_build_id, parent_version_id, kind, child_version_id, parent_bucket_id,
    parent_channel_id, created_at) values (?, ?, 'declared', ?, ?, '', ?)`,
  channel: `insert into channels (id, bucket_id, name, author, managed, restricted, version_id, created_at, updated_at)
    values (?, ?, ?, 'local', ?, 0, ?, ?, ?)`,
  assignment: `insert into assignments (channel_id, sequence, version_id, author, assigned_at)
    values (?, ?, ?, 'local', ?)`,
} as const

/** A bucket that versions can be added to. */
export interface FilledBucket {
  readonly id: string
  readonly name: string
}

/** A version that others can be built from. */
export interface FilledVersion {
  readonly id: string
  readonly bucketId: string
  readonly fingerprint: string
}

/** The database of a registry that does not run, filled faster than over its API. It keeps what a registry would. */
export class FilledDatabase implements Disposable {
  readonly #database: DatabaseSync
  readonly #project: string
  readonly #statements: Readonly<Record<keyof typeof inserts, StatementSync>>
  #ids = 0

  constructor(path: string, project: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec('pragma synchronous = off; pragma cache_size = -65536; begin')
    this.#project = project
    this.#statements = Object.fromEntries(
      Object.entries(inserts).map(([name, text]) => [name, this.#database.prepare(text)]),
    ) as Record<keyof typeof inserts, StatementSync>
  }

  bucket(name: string, versionCount: number): FilledBucket {
    const id = this.#id()
    this.#add('bucket', id, this.#project, name, versionCount, now, now)
    return { id, name }
  }

  /** A complete version with one build and one image. */
  version(bucket: FilledBucket, number: number, parent?: FilledVersion): FilledVersion {
    const [id, build, artifact] = [this.#id(), this.#id(), this.#id()]
    const at = now + number
    const fingerprint = `${bucket.name}-${number}`
    this.#add('version', id, bucket.id, fingerprint, number, at, at)
    this.#add('build', build, id, parent?.id ?? '', at, at)
    this.#add('artifact', build, artifact, `ami-${fingerprint}`, at)
    if (parent) this.#add('ancestry', build, parent.id, id, parent.bucketId, at)
    return { id, bucketId: bucket.id, fingerprint }
  }

  /** A channel that has pointed at these versions, one after the other; the managed one is called `latest`. */
  channel(bucket: FilledBucket, name: string, versions: readonly FilledVersion[]): void {
    const id = this.#id()
    const managed = name === 'latest' ? 1 : 0
    this.#add('channel', id, bucket.id, name, managed, versions.at(-1)!.id, now, now)
    for (const [index, version] of versions.entries()) this.#add('assignment', id, index + 1, version.id, now)
  }

  [Symbol.dispose](): void {
    this.#database.exec('commit')
    this.#database.close()
  }

  #add(what: keyof typeof inserts, ...values: readonly SQLInputValue[]): void {
    this.#statements[what].run(...values)
  }

  /** As ULIDs are: 26 characters that grow. */
  #id(): string {
    return `01J${String(this.#ids++).padStart(23, '0')}`
  }
}
