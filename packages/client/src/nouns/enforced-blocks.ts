import { type Body, type Bucket, packer, type Reply } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Provisioners that builds must run, under a name. */
export type EnforcedBlock = Reply<typeof packer.getEnforcedBlock>['enforced_block']

/** One text of a block, which never changes. */
export type EnforcedBlockVersion = NonNullable<EnforcedBlock['latest_version']>

/** Which version of which block, by their ids. */
export interface BlockVersionPlace {
  readonly blockId: string
  readonly versionId: string
}

/** Calls about enforced blocks; each throws a `ClientError`. */
export interface EnforcedBlockCalls {
  list(options?: CallOptions): Promise<readonly EnforcedBlock[]>
  get(blockId: string, options?: CallOptions): Promise<EnforcedBlock>
  /** With its first version. */
  create(block: Body<typeof packer.createEnforcedBlock>, options?: CallOptions): Promise<EnforcedBlock>
  delete(blockId: string, options?: CallOptions): Promise<void>
  /** Oldest first. */
  versions(blockId: string, options?: CallOptions): Promise<readonly EnforcedBlockVersion[]>
  createVersion(
    blockId: string,
    version: Body<typeof packer.createEnforcedBlockVersion>,
    options?: CallOptions,
  ): Promise<EnforcedBlockVersion>
  deleteVersion(at: BlockVersionPlace, options?: CallOptions): Promise<void>
  /** Makes these the buckets whose builds must run the version, in one step; a bucket runs one version of a block. */
  link(at: BlockVersionPlace, buckets: readonly string[], options?: CallOptions): Promise<void>
  linkedBuckets(at: BlockVersionPlace, options?: CallOptions): Promise<readonly Bucket[]>
}

export function enforcedBlocks(call: Call): EnforcedBlockCalls {
  return {
    async list(options) {
      return (await call(packer.listEnforcedBlocks, { ...options })).enforced_blocks
    },
    async get(blockId, options) {
      return (await call(packer.getEnforcedBlock, { ...options, params: blockParams(blockId) }))
        .enforced_block
    },
    async create(body, options) {
      return (await call(packer.createEnforcedBlock, { ...options, body })).enforced_block
    },
    async delete(blockId, options) {
      await call(packer.deleteEnforcedBlock, { ...options, params: blockParams(blockId) })
    },
    async versions(blockId, options) {
      const input = { ...options, params: blockParams(blockId) }
      const { enforced_block_detail: details } = await call(packer.getEnforcedBlockVersions, input)
      return details.flatMap(({ version }) => version ?? [])
    },
    async createVersion(blockId, body, options) {
      const input = { ...options, params: blockParams(blockId), body }
      return (await call(packer.createEnforcedBlockVersion, input)).enforced_block_version
    },
    async deleteVersion(at, options) {
      await call(packer.deleteEnforcedBlockVersion, { ...options, params: versionParams(at) })
    },
    async link(at, buckets, options) {
      // The call sets the whole list, so that sending it twice comes to the same.
      const input = {
        idempotent: true,
        ...options,
        params: versionParams(at),
        body: { bucket_names: buckets },
      }
      await call(packer.manageEnforcedBlockLinkedBuckets, input)
    },
    async linkedBuckets(at, options) {
      const input = { ...options, params: versionParams(at) }
      return (await call(packer.getEnforcedBlockLinkedBuckets, input)).linked_buckets.map(
        ({ bucket }) => bucket,
      )
    },
  }
}

function blockParams(blockId: string) {
  return { enforced_block_id: blockId }
}

function versionParams({ blockId, versionId }: BlockVersionPlace) {
  return { ...blockParams(blockId), enforced_block_version_id: versionId }
}
