import type { RefusalCode } from '@ingot/registry-api'
import { type OuterRefusal, recordRefusal } from './audit/outer-refusal.ts'
import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from './domain/address.ts'
import type { Caller } from './domain/caller.ts'
import type { Ids } from './domain/ids.ts'
import type { Page, Paging, SortedPaging } from './domain/page.ts'
import type { Credential, Principal, SigningKey } from './domain/principal.ts'
import { granted, Refusal } from './domain/refusal.ts'
import type { Clock } from './domain/time.ts'
import type {
  AncestryQuery,
  BucketChange,
  BuildChange,
  ChannelChange,
  NewBucket,
  NewBuild,
  NewChannel,
  NewVersion,
  Promotion,
  VersionChange,
} from './inputs.ts'
import * as ancestry from './operations/ancestry.ts'
import * as buckets from './operations/buckets.ts'
import * as builds from './operations/builds.ts'
import * as channels from './operations/channels.ts'
import { Desk, mayAsk } from './operations/desk.ts'
import {
  addCredential,
  addSigningKey,
  type Founded,
  type Founding,
  found,
  type SecretPair,
} from './operations/founding.ts'
import { KeptChannels } from './operations/kept-channels.ts'
import * as tenants from './operations/tenants.ts'
import * as versions from './operations/versions.ts'
import type { Store } from './store/store.ts'
import type {
  AssignmentView,
  BucketView,
  BuildView,
  ChannelHead,
  ChannelView,
  OperationView,
  OrganizationView,
  ProjectView,
  RegistryView,
  RelationView,
  VersionHead,
  VersionView,
} from './views.ts'

/** What a registry is made of. */
export interface RegistryParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}

/**
 * The use cases that the planes call. Every method checks, changes and writes its audit row in one transaction, and answers
 * after the commit. What a caller may not have or do is thrown as a `Refusal`, after the audit row of the refusal is written;
 * what the database cannot do is thrown as a `StoreError`.
 */
export class Registry {
  readonly #desk: Desk
  readonly #channels: KeptChannels

  constructor(parts: RegistryParts) {
    this.#desk = new Desk(parts)
    this.#channels = new KeptChannels(parts.store)
  }

  /** Makes organization, project, registry and principal on the first start. */
  found(founding: Founding): Promise<Founded> {
    return found(this.#desk, founding)
  }
  /** The credential of a client id; undefined when there is none. */
  credential(clientId: string): Promise<Credential | undefined> {
    return this.#desk.store.read((rows) => rows.principals.credential(clientId))
  }
  /** Gives a principal one more pair of client id and secret. */
  addCredential(principalId: string, pair: SecretPair): Promise<void> {
    return addCredential(this.#desk, principalId, pair)
  }
  /** A principal as it is now; undefined when it is gone. */
  principal(principalId: string): Promise<Principal | undefined> {
    return this.#desk.store.read((rows) => rows.principals.find(principalId))
  }
  /** Newest first. */
  signingKeys(): Promise<readonly SigningKey[]> {
    return this.#desk.store.read((rows) => rows.principals.signingKeys())
  }
  addSigningKey(key: { readonly id: string; readonly jwk: string }): Promise<SigningKey> {
    return addSigningKey(this.#desk, key)
  }
  /** Writes the audit row of a refusal that the planes made themselves. */
  recordRefusal<Code extends RefusalCode>(refusal: OuterRefusal<Code>): Promise<void> {
    return recordRefusal(this.#desk, refusal)
  }

  listOrganizations(caller: Caller): Promise<readonly OrganizationView[]> {
    const at = { organizationId: caller.organizationId }
    const request = { caller, action: 'organization.list', at }
    return this.#desk.look(request, (scene) => tenants.listOrganizations(scene))
  }
  /** Refused with `access.denied` to a principal of one project. */
  listProjects(caller: Caller, organizationId: string): Promise<readonly ProjectView[]> {
    const request = { caller, action: 'project.list', at: { organizationId } }
    return this.#desk.look(request, (scene) => tenants.listProjects(scene, organizationId))
  }
  getProject(caller: Caller, projectId: string): Promise<ProjectView> {
    const at = { organizationId: caller.organizationId, projectId }
    return this.#desk.look({ caller, action: 'project.read', at }, (scene) => tenants.getProject(scene, at))
  }

  getRegistry(caller: Caller, at: ProjectAddress): Promise<RegistryView> {
    return this.#desk.look({ caller, action: 'registry.read', at }, (scene) => tenants.getRegistry(scene, at))
  }
  getOperation(caller: Caller, at: ProjectAddress, operationId: string): Promise<OperationView> {
    return this.#desk.look({ caller, action: 'operation.read', at }, (scene) =>
      tenants.getOperation(scene, at, operationId),
    )
  }
  /** Answers the names of the blocks that builds of the bucket must run: none yet. */
  listEnforcedBlocks(caller: Caller, at: BucketAddress): Promise<readonly never[]> {
    return this.#desk.look({ caller, action: 'enforced-block.list', at }, (scene) =>
      buckets.listEnforcedBlocks(scene, at),
    )
  }

  createBucket(caller: Caller, at: ProjectAddress, bucket: NewBucket): Promise<BucketView> {
    const request = { caller, action: 'bucket.create', at: { ...at, bucket: bucket.name } }
    return this.#desk.change(request, (stage) => buckets.createBucket(stage, at, bucket))
  }
  getBucket(caller: Caller, at: BucketAddress): Promise<BucketView> {
    return this.#desk.look({ caller, action: 'bucket.read', at }, (scene) => buckets.getBucket(scene, at))
  }
  listBuckets(caller: Caller, at: ProjectAddress, paging: SortedPaging): Promise<Page<BucketView>> {
    return this.#desk.look({ caller, action: 'bucket.list', at }, (scene) =>
      buckets.listBuckets(scene, at, paging),
    )
  }
  updateBucket(caller: Caller, at: BucketAddress, change: BucketChange): Promise<BucketView> {
    return this.#desk.change({ caller, action: 'bucket.update', at }, (stage) =>
      buckets.updateBucket(stage, at, change),
    )
  }
  deleteBucket(caller: Caller, at: BucketAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'bucket.delete', at }, (stage) =>
      buckets.deleteBucket(stage, at),
    )
  }

  createVersion(caller: Caller, at: BucketAddress, version: NewVersion): Promise<VersionView> {
    const request = { caller, action: 'version.create', at: { ...at, fingerprint: version.fingerprint } }
    return this.#desk.change(request, (stage) => versions.createVersion(stage, at, version))
  }
  /** With the metadata of its builds. */
  getVersion(caller: Caller, at: VersionAddress): Promise<VersionView> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) => versions.getVersion(scene, at))
  }
  /** What identifies the version's rendering, in one short read. */
  headVersion(caller: Caller, at: VersionAddress): Promise<VersionHead> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) => versions.headVersion(scene, at))
  }
  listVersions(caller: Caller, at: BucketAddress, paging: SortedPaging): Promise<Page<VersionView>> {
    return this.#desk.look({ caller, action: 'version.list', at }, (scene) =>
      versions.listVersions(scene, at, paging),
    )
  }
  updateVersion(
    caller: Caller,
    at: VersionAddress,
    change: VersionChange,
  ): Promise<{ readonly version: VersionView; readonly operation: OperationView }> {
    return this.#desk.change({ caller, action: 'version.update', at }, (stage) =>
      versions.updateVersion(stage, at, change),
    )
  }
  deleteVersion(
    caller: Caller,
    at: VersionAddress,
    how: { readonly rollbackChannels: boolean },
  ): Promise<void> {
    return this.#desk.change({ caller, action: 'version.delete', at }, (stage) =>
      versions.deleteVersion(stage, at, how),
    )
  }

  createBuild(caller: Caller, at: VersionAddress, build: NewBuild): Promise<BuildView> {
    const request = { caller, action: 'build.create', at: { ...at, component: build.componentType } }
    return this.#desk.change(request, (stage) => builds.createBuild(stage, at, build))
  }
  getBuild(caller: Caller, at: BuildAddress): Promise<BuildView> {
    return this.#desk.look({ caller, action: 'build.read', at }, (scene) => builds.getBuild(scene, at))
  }
  /** All of them unless a page size is given. */
  listBuilds(caller: Caller, at: VersionAddress, paging: SortedPaging): Promise<Page<BuildView>> {
    return this.#desk.look({ caller, action: 'build.list', at }, (scene) =>
      builds.listBuilds(scene, at, paging),
    )
  }
  updateBuild(caller: Caller, at: BuildAddress, change: BuildChange): Promise<BuildView> {
    return this.#desk.change({ caller, action: 'build.update', at }, (stage) =>
      builds.updateBuild(stage, at, change),
    )
  }
  deleteBuild(caller: Caller, at: BuildAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'build.delete', at }, (stage) => builds.deleteBuild(stage, at))
  }

  createChannel(caller: Caller, at: BucketAddress, channel: NewChannel): Promise<ChannelView> {
    const request = { caller, action: 'channel.create', at: { ...at, channel: channel.name } }
    return this.#desk.change(request, (stage) => channels.createChannel(stage, at, channel))
  }
  getChannel(caller: Caller, at: ChannelAddress): Promise<ChannelView> {
    return this.#desk.look({ caller, action: 'channel.read', at }, (scene) => channels.getChannel(scene, at))
  }
  /** The channel and the revision of what it points at, without loading builds: enough to serve a kept rendering. */
  headChannel(caller: Caller, at: ChannelAddress): Promise<ChannelHead> {
    const request = { caller, action: 'channel.read', at }
    const kept = this.#channels.get(at)
    if (kept && !mayAsk(request, 'viewer')) {
      const head = channels.headOf(kept, { caller, now: this.#desk.clock.now() })
      if (!(head instanceof Refusal)) return Promise.resolve(head)
    }
    return this.#desk.look(request, async (scene) => {
      const channel = await this.#channels.read(at, () => channels.readChannel(scene, at))
      return granted(channels.headOf(channel, scene))
    })
  }
  /** All of them, without those that the caller may not see. */
  listChannels(caller: Caller, at: BucketAddress): Promise<readonly ChannelView[]> {
    return this.#desk.look({ caller, action: 'channel.list', at }, (scene) =>
      channels.listChannels(scene, at),
    )
  }
  updateChannel(caller: Caller, at: ChannelAddress, change: ChannelChange): Promise<ChannelView> {
    return this.#desk.change({ caller, action: 'channel.update', at }, (stage) =>
      channels.updateChannel(stage, at, change),
    )
  }
  deleteChannel(caller: Caller, at: ChannelAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'channel.delete', at }, (stage) =>
      channels.deleteChannel(stage, at),
    )
  }
  /** Copies the assignment of one channel to another of the same bucket. */
  promote(
    caller: Caller,
    at: BucketAddress,
    promotion: Promotion,
  ): Promise<{ readonly source: ChannelView; readonly target: ChannelView }> {
    const request = { caller, action: 'channel.promote', at: { ...at, channel: promotion.targetChannel } }
    return this.#desk.change(request, (stage) => channels.promote(stage, at, promotion))
  }
  /** Newest first; `count` is the number of all rows. */
  listAssignments(
    caller: Caller,
    at: ChannelAddress,
    paging: Paging,
  ): Promise<Page<AssignmentView> & { readonly count: number }> {
    return this.#desk.look({ caller, action: 'channel.history', at }, (scene) =>
      channels.listAssignments(scene, at, paging),
    )
  }

  listAncestry(
    caller: Caller,
    at: BucketAddress,
    query: AncestryQuery,
  ): Promise<Page<RelationView> & { readonly count: number }> {
    return this.#desk.look({ caller, action: 'ancestry.list', at }, (scene) =>
      ancestry.listAncestry(scene, at, query),
    )
  }
}
