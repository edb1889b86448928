import { DerivedSecrets } from '../auth/derived-secrets.ts'
import type { BucketAddress, ChannelAddress, ProjectAddress, VersionAddress } from '../domain/address.ts'
import type { RecordedEvent } from '../domain/audit-event.ts'
import type { Caller } from '../domain/caller.ts'
import { Refusal } from '../domain/refusal.ts'
import { RandomIds } from '../random-ids.ts'
import { Registry } from '../registry/registry.ts'
import type { Store } from '../store/store.ts'
import type { VersionView } from '../views.ts'
import type { TemporaryDatabase } from './drivers.ts'

/** A registry on a database of its own, with a clock that the test moves. */
export class TestRegistry implements AsyncDisposable {
  readonly registry: Registry
  readonly store: Store
  readonly project: ProjectAddress
  /** May do everything. */
  readonly admin: Caller
  readonly viewer: Caller
  readonly clock: { time: number; now(): number }
  readonly #database: TemporaryDatabase

  private constructor(parts: {
    registry: Registry
    store: Store
    caller: Caller
    projectId: string
    clock: TestRegistry['clock']
    database: TemporaryDatabase
  }) {
    this.registry = parts.registry
    this.store = parts.store
    this.clock = parts.clock
    this.#database = parts.database
    this.admin = parts.caller
    const grants = new Map([[parts.caller.organizationId, 'viewer']] as const)
    this.viewer = { ...parts.caller, principalName: 'reader', grants }
    this.project = { organizationId: parts.caller.organizationId, projectId: parts.projectId }
  }

  static async open(create: () => Promise<TemporaryDatabase>): Promise<TestRegistry> {
    const database = await create()
    const store = await database.open()
    const clock = { time: 1_800_000_000_000, now: () => clock.time }
    const registry = new Registry({
      store,
      clock,
      ids: new RandomIds(),
      secrets: new DerivedSecrets(Buffer.alloc(32)),
    })
    const { organization, project, principal } = await registry.principals.found({
      ...{ organizationName: 'acme', projectName: 'images', principalName: 'publisher', role: 'admin' },
      ...{ clientId: 'client', secretHash: '00' },
    })
    const { id: principalId, name: principalName, kind, grants } = principal
    const caller: Caller = { principalId, principalName, kind, grants, organizationId: organization.id }
    return new TestRegistry({ registry, store, caller, projectId: project.id, clock, database })
  }

  bucket(bucket: string): BucketAddress {
    return { ...this.project, bucket }
  }

  version(bucket: string, fingerprint: string): VersionAddress {
    return { ...this.bucket(bucket), fingerprint }
  }

  channel(bucket: string, channel: string): ChannelAddress {
    return { ...this.bucket(bucket), channel }
  }

  /** Publishes a version with one build, made from the given parent; in a bucket that is made when it is not there. */
  async publish(
    bucket: string,
    fingerprint: string,
    parent: { id?: string; channel?: string; source?: string; image?: string } = {},
  ): Promise<VersionView> {
    const at = this.version(bucket, fingerprint)
    const { registry, admin } = this
    this.clock.time += 1000
    await registry.buckets.create(admin, this.project, { name: bucket }).catch(unless('bucket.exists'))
    await registry.versions.create(admin, at, { fingerprint })
    const { id: buildId } = await registry.builds.create(admin, at, { componentType: 'null.one' })
    await registry.builds.update(
      admin,
      { ...at, buildId },
      {
        ...{ status: 'done', platform: 'aws' },
        artifacts: [
          { externalIdentifier: parent.image ?? `ami-${bucket}-${fingerprint}`, region: 'us-east-1' },
        ],
        ...{ parentVersionId: parent.id ?? '', parentChannelId: parent.channel ?? '' },
        sourceExternalIdentifier: parent.source ?? '',
      },
    )
    return registry.versions.get(admin, at)
  }

  /** The names of the versions on the channels of a bucket. */
  async assignments(bucket: string): Promise<Record<string, string | null>> {
    const channels = await this.registry.channels.list(this.admin, this.bucket(bucket))
    return Object.fromEntries(channels.map(({ name, version }) => [name, version?.name ?? null]))
  }

  /** All that was audited, oldest first. */
  events(): Promise<RecordedEvent[]> {
    return this.store.read((rows) => rows.audit.after(0, 10_000))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close()
    await this.#database[Symbol.asyncDispose]()
  }
}

/** The code of the refusal that a use case comes to; undefined when it comes to none. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )
}

function unless(code: string): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal && error.code === code)) throw error
  }
}
