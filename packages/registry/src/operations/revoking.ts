import { roleAt } from '../domain/access.ts'
import type { ProjectAddress } from '../domain/address.ts'
import { includes } from '../domain/caller.ts'
import { mayTakeAway } from '../domain/channel.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import { mayRestore, mayRevoke } from '../domain/revocation.ts'
import type { Instant } from '../domain/time.ts'
import { type VersionStanding, versionStatus } from '../domain/version.ts'
import type { RevocationWords } from '../inputs.ts'
import { rollBack } from './assignments.ts'
import type { Stage } from './desk.ts'

/** Takes a version's own revocation back, from all that inherited it too. Channels do not move forward again. */
export async function restore({ rows, now }: Stage, version: VersionStanding): Promise<void> {
  const revocations = await rows.revocations.of(version.id)
  const gone = revocations.filter((revocation) => !revocation.originExists).map(({ originId }) => originId)
  obey(mayRestore(version.id, revocations, (originId) => !gone.includes(originId)))
  await rows.revocations.touch(version.id, now)
  await rows.revocations.lift(version.id)
  for (const originId of gone) await rows.revocations.liftFrom(version.id, originId)
  await rows.versions.touch(version.id, now)
}

interface Revoking {
  readonly version: VersionStanding
  readonly revokeAt: Instant
  readonly words: RevocationWords
}

/** Revokes a version and all that were built from it, and takes them from the channels that point at them. */
export async function revoke(
  stage: Stage,
  at: ProjectAddress,
  { version, revokeAt, words }: Revoking,
): Promise<void> {
  const { rows, now, caller } = stage
  const { id, fingerprint, bucketName, number } = version
  obey(mayRevoke(fingerprint, versionStatus(version, [], now)))
  const spreads = !words.skipDescendantsRevocation
  if (spreads) await mayReach(stage, at, version)
  await rows.revocations.touch(id, now)
  await rows.revocations.lift(id)
  await rows.revocations.add({
    ...{ versionId: id, originId: id, originBucket: bucketName, originFingerprint: fingerprint },
    ...{ originNumber: number, spreads, revokeAt, createdAt: now },
    ...{ author: caller.principalName, message: words.revocationMessage ?? '' },
  })
  if (spreads) await rows.revocations.spread(id, { parent: id, version: id })
  await rows.revocations.touch(id, now)
  const reached = await rows.channels.ofOrigin({ origin: id, now })
  if (words.refuseAssigned) obey(mayTakeAway(reached))
  if (!words.disableRollbackChannels) await rollBack(stage, reached)
}

/** Refuses one who may change some buckets only to revoke what lies in others. */
async function mayReach({ rows, caller, now }: Stage, at: ProjectAddress, { id }: VersionStanding) {
  if (includes(roleAt(caller, at), 'contributor')) return
  for (const { bucketName: bucket } of await rows.plans.versions({ version: id, spreads: true, now }))
    if (!includes(roleAt(caller, { ...at, bucket }), 'contributor'))
      throw new Refusal('access.denied', {
        ...{ principal: caller.principalName, needs: 'contributor', action: 'version.revoke' },
      })
}
