import type { Request } from '../audit/event.ts'
import { roleAt } from '../domain/access.ts'
import type { BucketAddress, ProjectAddress, VersionAddress } from '../domain/address.ts'
import { type Caller, includes } from '../domain/caller.ts'
import type { EnforcedBlockVersion, EnforcedContent } from '../domain/enforced-block.ts'
import type { EnforcedBlockChange, NewEnforcedBlock } from '../inputs.ts'
import type { Desk, Scene, Stage } from '../operations/desk.ts'
import * as blocks from '../operations/enforced-blocks.ts'
import { listEnforcements, noteRead } from '../operations/enforcement.ts'
import type {
  BucketView,
  EnforcedBlockView,
  EnforcedDetailView,
  EnforcedLinkView,
  EnforcementView,
} from '../views.ts'

type VersionOfBlock = blocks.EnforcedVersionAddress

/** Provisioners that builds of a bucket must run. */
export class EnforcedBlocks {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** What builds of a bucket must run. That a publisher asked is noted: its next builds there count as told. */
  async ofBucket(caller: Caller, at: BucketAddress): Promise<readonly EnforcedDetailView[]> {
    const request = { caller, action: 'enforced-block.read', at }
    const enforced = await this.#desk.look(request, (scene) => blocks.enforcedOn(scene, at))
    const asksToBuild =
      caller.sourceChannel?.startsWith('packer/') && includes(roleAt(caller, at), 'contributor')
    if (asksToBuild && enforced.length > 0) await noteRead(this.#desk, caller, at)
    return enforced
  }
  create(caller: Caller, at: ProjectAddress, block: NewEnforcedBlock): Promise<EnforcedBlockView> {
    return this.#change({ caller, action: 'create', at, block: block.name }, (stage) =>
      blocks.createBlock(stage, at, block),
    )
  }
  /** All of a project, by name. */
  list(caller: Caller, at: ProjectAddress): Promise<readonly EnforcedBlockView[]> {
    return this.#look({ caller, action: 'list', at }, (scene) => blocks.listBlocks(scene, at))
  }
  get(caller: Caller, at: ProjectAddress, blockId: string): Promise<EnforcedBlockView> {
    return this.#look({ caller, action: 'read', at, block: blockId }, (scene) =>
      blocks.getBlock(scene, at, blockId),
    )
  }
  update(
    caller: Caller,
    at: ProjectAddress,
    change: EnforcedBlockChange & { readonly blockId: string },
  ): Promise<EnforcedBlockView> {
    return this.#change({ caller, action: 'update', at, block: change.blockId }, (stage) =>
      blocks.updateBlock(stage, at, change),
    )
  }
  delete(caller: Caller, at: ProjectAddress, blockId: string): Promise<void> {
    return this.#change({ caller, action: 'delete', at, block: blockId }, (stage) =>
      blocks.deleteBlock(stage, at, blockId),
    )
  }
  createVersion(
    caller: Caller,
    at: ProjectAddress,
    version: EnforcedContent & { readonly blockId: string },
  ): Promise<EnforcedBlockVersion> {
    return this.#change({ caller, action: 'version.create', at, block: version.blockId }, (stage) =>
      blocks.createBlockVersion(stage, at, version),
    )
  }
  /** Oldest first. */
  listVersions(caller: Caller, at: ProjectAddress, blockId: string): Promise<readonly EnforcedDetailView[]> {
    return this.#look({ caller, action: 'version.list', at, block: blockId }, (scene) =>
      blocks.listBlockVersions(scene, at, blockId),
    )
  }
  describeVersion(caller: Caller, at: VersionOfBlock, description: string): Promise<EnforcedBlockVersion> {
    return this.#change({ caller, action: 'version.update', at, block: at.blockId }, (stage) =>
      blocks.describeBlockVersion(stage, at, description),
    )
  }
  deleteVersion(caller: Caller, at: VersionOfBlock): Promise<void> {
    return this.#change({ caller, action: 'version.delete', at, block: at.blockId }, (stage) =>
      blocks.deleteBlockVersion(stage, at),
    )
  }
  /** Makes the named buckets those that must run the version, in one step. */
  link(caller: Caller, at: VersionOfBlock, buckets: readonly string[]): Promise<readonly EnforcedLinkView[]> {
    return this.#change({ caller, action: 'link', at, block: at.blockId }, (stage) =>
      blocks.linkBuckets(stage, at, buckets),
    )
  }
  linkedBuckets(
    caller: Caller,
    at: VersionOfBlock,
  ): Promise<readonly (EnforcedLinkView & { readonly bucket: BucketView })[]> {
    return this.#look({ caller, action: 'link.list', at, block: at.blockId }, (scene) =>
      blocks.listLinkedBuckets(scene, at),
    )
  }
  /** What the builds of a version should have run, and which were never told so. */
  ofVersion(caller: Caller, at: VersionAddress): Promise<readonly EnforcementView[]> {
    const request = { caller, action: 'enforcement.list', at }
    return this.#desk.look(request, (scene) => listEnforcements(scene, at))
  }

  #look<Result>(asked: Asked, work: (scene: Scene) => Promise<Result>): Promise<Result> {
    return this.#desk.look(requestOf(asked), work)
  }

  #change<Result>(asked: Asked, work: (stage: Stage) => Promise<Result>): Promise<Result> {
    return this.#desk.change(requestOf(asked), work)
  }
}

interface Asked {
  readonly caller: Caller
  readonly action: string
  readonly at: ProjectAddress
  /** The block's id, or its name where there is no id yet. */
  readonly block?: string
}

function requestOf({ caller, action, at, block }: Asked): Request {
  const { organizationId, projectId } = at
  const address = { organizationId, projectId, ...(block !== undefined && { block }) }
  return { caller, action: `enforced-block.${action}`, at: address }
}
