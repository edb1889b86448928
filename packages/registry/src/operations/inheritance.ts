import type { ProjectAddress } from '../domain/address.ts'
import type { Build } from '../domain/build.ts'
import type { VersionKey, VersionStanding } from '../domain/version.ts'
import { rollBack } from './assignments.ts'
import type { Stage } from './desk.ts'

/**
 * Notes from which version a build was made, as its publisher declared it, and lets its version inherit what the parent is
 * revoked for. A parent that is unknown, of another project, or the version itself is kept with the build and no more.
 */
export async function declareParent(
  stage: Stage,
  at: ProjectAddress,
  version: VersionKey,
  build: Build,
): Promise<void> {
  const { rows, now } = stage
  const parent = await rows.versions.byId(at.projectId, build.parentVersionId)
  if (!parent || parent.id === version.id) return
  await rows.ancestry.declare({
    childBuildId: build.id,
    childVersionId: version.id,
    parentVersionId: parent.id,
    parentBucketId: parent.bucketId,
    parentChannelId: build.parentChannelId,
    createdAt: now,
  })
  if (parent.revocation) await inherit(stage, parent, version)
}

/**
 * Notes what the identifiers of images tell: the version whose image the build was made from, when its publisher declared none,
 * and the builds that were made from images of this one before it was published. The newest version of an image counts, and a
 * build has one observed parent.
 */
export async function observe(
  stage: Stage,
  at: ProjectAddress,
  version: VersionKey,
  { before, after }: { readonly before: Build; readonly after: Build },
): Promise<void> {
  const within = { project: at.projectId, not: version.id }
  const { sourceExternalIdentifier: source } = after
  if (source !== '' && source !== before.sourceExternalIdentifier)
    await observeParent(stage, within, version, after)
  if (after.artifacts !== before.artifacts) await observeChildren(stage, within, version, after)
}

interface Within {
  readonly project: string
  /** The version itself: an image is not made from itself. */
  readonly not: string
}

async function observeParent(stage: Stage, within: Within, version: VersionKey, build: Build): Promise<void> {
  const { rows, now } = stage
  if (await rows.ancestry.hasParent(build.id)) return
  const maker = await rows.ancestry.maker(build.sourceExternalIdentifier, within)
  const parent = maker && (await rows.versions.byId(within.project, maker.versionId))
  if (!parent) return
  await rows.ancestry.observe({
    ...{ childBuildId: build.id, childVersionId: version.id, createdAt: now },
    ...{ parentVersionId: parent.id, parentBucketId: parent.bucketId },
  })
  if (parent.revocation) await inherit(stage, parent, version)
}

async function observeChildren(
  stage: Stage,
  within: Within,
  version: VersionKey,
  build: Build,
): Promise<void> {
  const { rows, now } = stage
  const images = new Set(build.artifacts.map(({ externalIdentifier }) => externalIdentifier))
  for (const image of images) {
    for (const { buildId, versionId, ...child } of await rows.ancestry.users(image, within)) {
      await rows.ancestry.observe({
        ...{ childBuildId: buildId, childVersionId: versionId, createdAt: now },
        ...{ parentVersionId: version.id, parentBucketId: version.bucketId },
      })
      await inherit(stage, version, { id: versionId, ...child })
    }
  }
}

async function inherit(
  stage: Stage,
  parent: Pick<VersionStanding, 'id'>,
  version: VersionKey,
): Promise<void> {
  const { rows, now } = stage
  for (const { originId, spreads } of await rows.revocations.of(parent.id)) {
    if (!spreads) continue
    const heirs = await rows.revocations.spread(originId, { parent: parent.id, version: version.id })
    if (heirs === 0) continue
    await rows.revocations.touch(originId, now)
    await rollBack(stage, await rows.channels.ofRevoked({ version: version.id, origin: originId, now }))
  }
}
