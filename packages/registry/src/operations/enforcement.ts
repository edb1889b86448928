import type { BucketAddress, VersionAddress } from '../domain/address.ts'
import type { Build } from '../domain/build.ts'
import type { Caller } from '../domain/caller.ts'
import type { VersionKey } from '../domain/version.ts'
import type { EnforcementView } from '../views.ts'
import type { Desk, Scene, Stage } from './desk.ts'
import { findVersion } from './find.ts'

/**
 * Notes, when a build starts, what it must run and whether its publisher asked for that after the build was registered or ended
 * last: packer asks once a run, between registering its builds and starting them, and not at all with `-skip-enforcement`.
 */
export async function noteEnforcement(
  stage: Stage,
  version: VersionKey,
  { before, after }: { readonly before: Build; readonly after: Build },
): Promise<void> {
  if (before.status === 'running' || after.status !== 'running') return
  const { rows, caller } = stage
  const enforced = await rows.enforcedBlocks.ofBucket(version.bucketId)
  if (enforced.length === 0) return
  const asked = await rows.enforcements.lastRead(version.bucketId, caller.principalId)
  const told = asked !== undefined && asked >= before.updatedAt
  await rows.enforcements.replace(
    after.id,
    enforced.map(({ blockName, version: { blockId, label: versionLabel } }) => ({
      ...{ buildId: after.id, blockId, blockName, versionLabel, told },
    })),
  )
}

/** Notes that a publisher asked what its builds of a bucket must run. */
export async function noteRead({ store, clock }: Desk, caller: Caller, at: BucketAddress): Promise<void> {
  await store.write(async ({ rows }) => {
    const bucket = await rows.buckets.at(at)
    if (bucket) await rows.enforcements.noteRead(bucket.id, caller.principalId, clock.now())
  })
}

/** What the builds of a version should have run, and which were never told so. */
export async function listEnforcements(
  scene: Scene,
  at: VersionAddress,
): Promise<readonly EnforcementView[]> {
  const version = await findVersion(scene, at, 'version.unknown')
  return scene.rows.enforcements.ofVersion(version.id)
}
