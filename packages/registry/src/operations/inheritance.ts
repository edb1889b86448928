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

async function inherit(stage: Stage, parent: VersionStanding, version: VersionKey): Promise<void> {
  const { rows, now } = stage
  for (const { originId, spreads } of await rows.revocations.of(parent.id)) {
    if (!spreads) continue
    const heirs = await rows.revocations.spread(originId, { parent: parent.id, version: version.id })
    if (heirs === 0) continue
    await rows.revocations.touch(originId, now)
    await rollBack(stage, await rows.channels.ofRevoked({ version: version.id, origin: originId, now }))
  }
}
