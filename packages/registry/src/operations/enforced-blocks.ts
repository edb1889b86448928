import type { BucketAddress, ProjectAddress } from '../domain/address.ts'
import {
  checkDescription,
  checkEnforcedBlock,
  checkEnforcedContent,
  type EnforcedBlock,
  type EnforcedBlockVersion,
  type EnforcedContent,
} from '../domain/enforced-block.ts'
import { bucketsPerLinking, enforcedBlocksPerProject, versionsPerEnforcedBlock } from '../domain/limits.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import type { EnforcedBlockChange, NewEnforcedBlock } from '../inputs.ts'
import type { BucketView, EnforcedBlockView, EnforcedDetailView, EnforcedLinkView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import { enter, findBucket } from './find.ts'
import { showBucket } from './show.ts'

/** Where a version of a block is. */
export interface EnforcedVersionAddress extends ProjectAddress {
  readonly blockId: string
  readonly versionId: string
}

export async function createBlock(
  stage: Stage,
  at: ProjectAddress,
  input: NewEnforcedBlock,
): Promise<EnforcedBlockView> {
  const { rows, now, ids } = stage
  const { name, labels = {}, ...content } = input
  obey(checkEnforcedBlock(name, labels) ?? checkEnforcedContent(content))
  await enter(stage, at)
  await freeName(stage, at, name)
  if ((await rows.enforcedBlocks.count(at.projectId)) >= enforcedBlocksPerProject)
    throw new Refusal('list.too-long', { field: 'enforced_blocks', limit: enforcedBlocksPerProject })
  const block = { id: ids.ulid(now), projectId: at.projectId, name, labels, createdAt: now, updatedAt: now }
  await rows.enforcedBlocks.add(block)
  await addVersion(stage, block, content)
  stage.note({ after: { name, version: content.label } })
  return showBlock(stage, at, block)
}

/** All of a project, by name. */
export async function listBlocks(scene: Scene, at: ProjectAddress): Promise<readonly EnforcedBlockView[]> {
  await enter(scene, at)
  const views: EnforcedBlockView[] = []
  for (const block of await scene.rows.enforcedBlocks.list(at.projectId))
    views.push(await showBlock(scene, at, block))
  return views
}

export async function getBlock(scene: Scene, at: ProjectAddress, id: string): Promise<EnforcedBlockView> {
  return showBlock(scene, at, await findBlock(scene, at, id))
}

export async function updateBlock(
  stage: Stage,
  at: ProjectAddress,
  { blockId, ...words }: EnforcedBlockChange & { readonly blockId: string },
): Promise<EnforcedBlockView> {
  const before = await findBlock(stage, at, blockId)
  const after = { ...before, ...words, updatedAt: stage.now }
  obey(checkEnforcedBlock(after.name, after.labels))
  if (after.name !== before.name) await freeName(stage, at, after.name)
  await stage.rows.enforcedBlocks.update(after)
  stage.note({ before: { name: before.name }, after: { name: after.name } })
  return showBlock(stage, at, after)
}

/** Refused while buckets are linked to any version of it. */
export async function deleteBlock(stage: Stage, at: ProjectAddress, id: string): Promise<void> {
  const block = await findBlock(stage, at, id)
  obey(mayRemove(await stage.rows.enforcedBlocks.linkedBuckets(block.id)))
  await stage.rows.enforcedBlocks.remove(block.id)
  stage.note({ before: { name: block.name } })
}

export async function createBlockVersion(
  stage: Stage,
  at: ProjectAddress,
  { blockId, ...content }: EnforcedContent & { readonly blockId: string },
): Promise<EnforcedBlockVersion> {
  obey(checkEnforcedContent(content))
  const block = await findBlock(stage, at, blockId)
  if (await stage.rows.enforcedBlocks.labelled(block.id, content.label))
    throw new Refusal('enforced-block.version-exists', { version: content.label })
  if ((await stage.rows.enforcedBlocks.versionCount(block.id)) >= versionsPerEnforcedBlock)
    throw new Refusal('list.too-long', { field: 'versions', limit: versionsPerEnforcedBlock })
  stage.note({ after: { name: block.name, version: content.label } })
  return addVersion(stage, block, content)
}

/** Oldest first. */
export async function listBlockVersions(
  scene: Scene,
  at: ProjectAddress,
  id: string,
): Promise<readonly EnforcedDetailView[]> {
  const block = await findBlock(scene, at, id)
  const versions = await scene.rows.enforcedBlocks.versions(block.id)
  return versions.map((version) => ({ id: block.id, name: block.name, version }))
}

export async function describeBlockVersion(
  stage: Stage,
  at: EnforcedVersionAddress,
  description: string,
): Promise<EnforcedBlockVersion> {
  obey(checkDescription(description))
  const { block, version } = await findVersion(stage, at)
  await stage.rows.enforcedBlocks.describe(version.id, description, stage.now)
  stage.note({
    before: { name: block.name, description: version.description },
    after: { name: block.name, description },
  })
  return { ...version, description, updatedAt: stage.now }
}

/** Refused while buckets are linked to it. */
export async function deleteBlockVersion(stage: Stage, at: EnforcedVersionAddress): Promise<void> {
  const { block, version } = await findVersion(stage, at)
  obey(mayRemove(await stage.rows.enforcedBlocks.linkedBuckets(block.id, version.id)))
  await stage.rows.enforcedBlocks.removeVersion(version.id)
  stage.note({ before: { name: block.name, version: version.label } })
}

/**
 * Makes the named buckets those that must run a version of a block, in one step: a bucket that ran another version of the block
 * changes over, one that is not named any more runs none.
 */
export async function linkBuckets(
  stage: Stage,
  at: EnforcedVersionAddress,
  names: readonly string[],
): Promise<readonly EnforcedLinkView[]> {
  const { rows, now, ids } = stage
  if (names.length > bucketsPerLinking)
    throw new Refusal('list.too-long', { field: 'bucket_names', limit: bucketsPerLinking })
  const { block, version } = await findVersion(stage, at)
  const before = await rows.enforcedBlocks.links(version.id)
  const wanted = new Set(names)
  for (const { bucketName, bucketId } of before)
    if (!wanted.has(bucketName)) await rows.enforcedBlocks.unlink(bucketId, version.id)
  const linked = new Set(before.map(({ bucketName }) => bucketName))
  for (const name of wanted) {
    if (linked.has(name)) continue
    const bucket = await findBucket(stage, { ...at, bucket: name })
    const link = { id: ids.ulid(now), bucketId: bucket.id, blockId: block.id, versionId: version.id }
    await rows.enforcedBlocks.link({ ...link, createdAt: now })
  }
  const about = { name: block.name, version: version.label }
  stage.note({ before: { ...about, buckets: [...linked] }, after: { ...about, buckets: [...wanted] } })
  return rows.enforcedBlocks.links(version.id)
}

export async function listLinkedBuckets(
  scene: Scene,
  at: EnforcedVersionAddress,
): Promise<readonly (EnforcedLinkView & { readonly bucket: BucketView })[]> {
  const { version } = await findVersion(scene, at)
  const views: (EnforcedLinkView & { bucket: BucketView })[] = []
  for (const link of await scene.rows.enforcedBlocks.links(version.id)) {
    const bucket = await findBucket(scene, { ...at, bucket: link.bucketName })
    views.push({ ...link, bucket: await showBucket(scene, at, bucket) })
  }
  return views
}

/** What builds of a bucket must run, in the order in which it was linked. */
export async function enforcedOn(scene: Scene, at: BucketAddress): Promise<readonly EnforcedDetailView[]> {
  const bucket = await findBucket(scene, at)
  const enforced = await scene.rows.enforcedBlocks.ofBucket(bucket.id)
  return enforced.map(({ blockName: name, version }) => ({ id: version.blockId, name, version }))
}

async function findBlock(scene: Scene, at: ProjectAddress, id: string): Promise<EnforcedBlock> {
  await enter(scene, at)
  const block = await scene.rows.enforcedBlocks.find(at.projectId, id)
  if (!block) throw new Refusal('enforced-block.absent', { block: id })
  return block
}

async function findVersion(
  scene: Scene,
  at: EnforcedVersionAddress,
): Promise<{ readonly block: EnforcedBlock; readonly version: EnforcedBlockVersion }> {
  const block = await findBlock(scene, at, at.blockId)
  const version = await scene.rows.enforcedBlocks.version(block.id, at.versionId)
  if (!version) throw new Refusal('enforced-block.version-absent', { version: at.versionId })
  return { block, version }
}

async function freeName({ rows }: Stage, at: ProjectAddress, name: string): Promise<void> {
  if (await rows.enforcedBlocks.named(at.projectId, name))
    throw new Refusal('enforced-block.exists', { block: name })
}

function mayRemove(buckets: readonly string[]): Refusal | undefined {
  return buckets.length > 0 ? new Refusal('enforced-block.linked', { buckets }) : undefined
}

async function addVersion(
  { rows, now, ids }: Stage,
  block: EnforcedBlock,
  content: EnforcedContent,
): Promise<EnforcedBlockVersion> {
  const version = { id: ids.ulid(now), blockId: block.id, ...content, createdAt: now, updatedAt: now }
  await rows.enforcedBlocks.addVersion(version)
  return version
}

async function showBlock(scene: Scene, at: ProjectAddress, block: EnforcedBlock): Promise<EnforcedBlockView> {
  const latestVersion = (await scene.rows.enforcedBlocks.newestVersion(block.id)) ?? null
  return { ...block, organizationId: at.organizationId, latestVersion }
}
