import type { RefusalCode, RefusalParams } from '@ingot/registry-api'
import type { Caller, Role } from './domain/caller.ts'
import type { Ids } from './domain/ids.ts'
import type { Credential, Principal, SigningKey } from './domain/principal.ts'
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
  Paging,
  Promotion,
  SortedPaging,
  VersionChange,
} from './inputs.ts'
import type { Store } from './store/store.ts'
import type {
  AssignmentView,
  BucketAddress,
  BucketView,
  BuildAddress,
  BuildView,
  ChannelAddress,
  ChannelHead,
  ChannelView,
  OperationView,
  OrganizationView,
  Page,
  ProjectAddress,
  ProjectView,
  RegistryView,
  RelationView,
  VersionAddress,
  VersionHead,
  VersionView,
} from './views.ts'

/** What a registry is made of. */
export interface RegistryParts {
  readonly store: Store
  readonly clock: Clock
  readonly ids: Ids
}

/** What the first start makes; every later start finds it and changes nothing. */
export interface Founding {
  readonly organizationName: string
  readonly projectName: string
  readonly principalName: string
  readonly role: Role
  readonly clientId: string
  /** SHA-256 of the secret, 64 hexadecimal digits. */
  readonly secretHash: string
}

export interface Founded {
  /** Whether this call made it, and not an earlier one. */
  readonly created: boolean
  readonly organization: OrganizationView
  readonly project: ProjectView
  readonly principal: Principal
}

/** A refusal that happened before a use case was reached: a wrong secret, a body that cannot be read. */
export interface OuterRefusal<Code extends RefusalCode = RefusalCode> {
  readonly code: Code
  readonly params: RefusalParams<Code>
  /** What was asked for, for example `token.issue` or `bucket.create`. */
  readonly action: string
  /** What it was asked of, for example a client id or a path. */
  readonly object: string
  readonly caller?: Caller
  readonly address?: string
  readonly sourceChannel?: string
}

/**
 * The use cases that the planes call. Every method checks, changes and writes its audit row in one transaction, and answers
 * after the commit. What a caller may not have or do is thrown as a `Refusal`, after the audit row of the refusal is written;
 * what the database cannot do is thrown as a `StoreError`.
 */
export class Registry {
  readonly #parts: RegistryParts

  constructor(parts: RegistryParts) {
    this.#parts = parts
  }

  #pending(): never {
    throw new Error(`not there yet: ${Object.keys(this.#parts)}`)
  }

  /** Makes organization, project, registry and principal on the first start. */
  found(founding: Founding): Promise<Founded> {
    return this.#pending()
  }
  /** The credential of a client id; undefined when there is none. */
  credential(clientId: string): Promise<Credential | undefined> {
    return this.#pending()
  }
  /** A principal as it is now; undefined when it is gone. */
  principal(principalId: string): Promise<Principal | undefined> {
    return this.#pending()
  }
  /** Newest first. */
  signingKeys(): Promise<readonly SigningKey[]> {
    return this.#pending()
  }
  addSigningKey(key: { readonly id: string; readonly jwk: string }): Promise<SigningKey> {
    return this.#pending()
  }
  /** Writes the audit row of a refusal that the planes made themselves. */
  recordRefusal<Code extends RefusalCode>(refusal: OuterRefusal<Code>): Promise<void> {
    return this.#pending()
  }

  listOrganizations(caller: Caller): Promise<readonly OrganizationView[]> {
    return this.#pending()
  }
  /** Refused with `access.denied` to a principal of one project. */
  listProjects(caller: Caller, organizationId: string): Promise<readonly ProjectView[]> {
    return this.#pending()
  }
  getProject(caller: Caller, projectId: string): Promise<ProjectView> {
    return this.#pending()
  }

  getRegistry(caller: Caller, at: ProjectAddress): Promise<RegistryView> {
    return this.#pending()
  }
  getOperation(caller: Caller, at: ProjectAddress, operationId: string): Promise<OperationView> {
    return this.#pending()
  }
  /** Answers the names of the blocks that builds of the bucket must run: none yet. */
  listEnforcedBlocks(caller: Caller, at: BucketAddress): Promise<readonly never[]> {
    return this.#pending()
  }

  createBucket(caller: Caller, at: ProjectAddress, bucket: NewBucket): Promise<BucketView> {
    return this.#pending()
  }
  getBucket(caller: Caller, at: BucketAddress): Promise<BucketView> {
    return this.#pending()
  }
  listBuckets(caller: Caller, at: ProjectAddress, paging: SortedPaging): Promise<Page<BucketView>> {
    return this.#pending()
  }
  updateBucket(caller: Caller, at: BucketAddress, change: BucketChange): Promise<BucketView> {
    return this.#pending()
  }
  deleteBucket(caller: Caller, at: BucketAddress): Promise<void> {
    return this.#pending()
  }

  createVersion(caller: Caller, at: BucketAddress, version: NewVersion): Promise<VersionView> {
    return this.#pending()
  }
  /** With the metadata of its builds. */
  getVersion(caller: Caller, at: VersionAddress): Promise<VersionView> {
    return this.#pending()
  }
  /** What identifies the version's rendering, in one short read. */
  headVersion(caller: Caller, at: VersionAddress): Promise<VersionHead> {
    return this.#pending()
  }
  listVersions(caller: Caller, at: BucketAddress, paging: SortedPaging): Promise<Page<VersionView>> {
    return this.#pending()
  }
  updateVersion(
    caller: Caller,
    at: VersionAddress,
    change: VersionChange,
  ): Promise<{ readonly version: VersionView; readonly operation: OperationView }> {
    return this.#pending()
  }
  deleteVersion(
    caller: Caller,
    at: VersionAddress,
    how: { readonly rollbackChannels: boolean },
  ): Promise<void> {
    return this.#pending()
  }

  createBuild(caller: Caller, at: VersionAddress, build: NewBuild): Promise<BuildView> {
    return this.#pending()
  }
  getBuild(caller: Caller, at: BuildAddress): Promise<BuildView> {
    return this.#pending()
  }
  /** All of them unless a page size is given. */
  listBuilds(caller: Caller, at: VersionAddress, paging: SortedPaging): Promise<Page<BuildView>> {
    return this.#pending()
  }
  updateBuild(caller: Caller, at: BuildAddress, change: BuildChange): Promise<BuildView> {
    return this.#pending()
  }
  deleteBuild(caller: Caller, at: BuildAddress): Promise<void> {
    return this.#pending()
  }

  createChannel(caller: Caller, at: BucketAddress, channel: NewChannel): Promise<ChannelView> {
    return this.#pending()
  }
  getChannel(caller: Caller, at: ChannelAddress): Promise<ChannelView> {
    return this.#pending()
  }
  /** The channel and the revision of what it points at, without loading builds: enough to serve a kept rendering. */
  headChannel(caller: Caller, at: ChannelAddress): Promise<ChannelHead> {
    return this.#pending()
  }
  /** All of them, without those that the caller may not see. */
  listChannels(caller: Caller, at: BucketAddress): Promise<readonly ChannelView[]> {
    return this.#pending()
  }
  updateChannel(caller: Caller, at: ChannelAddress, change: ChannelChange): Promise<ChannelView> {
    return this.#pending()
  }
  deleteChannel(caller: Caller, at: ChannelAddress): Promise<void> {
    return this.#pending()
  }
  /** Copies the assignment of one channel to another of the same bucket. */
  promote(
    caller: Caller,
    at: BucketAddress,
    promotion: Promotion,
  ): Promise<{ readonly source: ChannelView; readonly target: ChannelView }> {
    return this.#pending()
  }
  /** Newest first; `count` is the number of all rows. */
  listAssignments(
    caller: Caller,
    at: ChannelAddress,
    paging: Paging,
  ): Promise<Page<AssignmentView> & { readonly count: number }> {
    return this.#pending()
  }

  listAncestry(
    caller: Caller,
    at: BucketAddress,
    query: AncestryQuery,
  ): Promise<Page<RelationView> & { readonly count: number }> {
    return this.#pending()
  }
}
