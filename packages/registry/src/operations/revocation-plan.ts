import { createHash } from 'node:crypto'
import type { VersionAddress } from '../domain/address.ts'
import { planRows } from '../domain/limits.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { mayRevoke, type RevocationManner, readValidity } from '../domain/revocation.ts'
import type { Instant } from '../domain/time.ts'
import { type VersionStanding, versionName, versionStatus } from '../domain/version.ts'
import type { PlannedRevocation, RevocationWords } from '../inputs.ts'
import type { PlannedMove, PlannedVersion } from '../store/rows/plan-rows.ts'
import type { PlannedMoveView, PlannedVersionView, RevocationPlanView, VersionView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import { findVersion } from './find.ts'
import { revoke } from './revoking.ts'
import { showVersion } from './show.ts'

/** What a revocation would do; nothing is changed. */
export async function planRevocation(
  scene: Scene,
  at: VersionAddress,
  words: RevocationWords,
): Promise<RevocationPlanView> {
  const version = await findVersion(scene, at, 'version.unknown')
  return draw(scene, version, words, readTime(words, scene.now))
}

/** Revokes a version as it was planned: refused when it would not do what the plan says. */
export async function revokeAsPlanned(
  stage: Stage,
  at: VersionAddress,
  words: PlannedRevocation,
): Promise<{ readonly version: VersionView; readonly plan: RevocationPlanView }> {
  const revokeAt = readTime(words, stage.now)
  const version = await findVersion(stage, at, 'version.unknown')
  const plan = await draw(stage, version, words, revokeAt)
  if (words.planId !== undefined && words.planId !== plan.id) throw new Refusal('plan.stale', {})
  await revoke(stage, at, { version, revokeAt, words })
  const after = await findVersion(stage, at, 'version.unknown')
  const { id, descendantCount, channelCount } = plan
  stage.note({
    after: { revokeAt, message: words.revocationMessage, plan: id, descendantCount, channelCount },
  })
  return { version: await showVersion(stage, at, after), plan }
}

/** At once when no time is given. */
function readTime(words: RevocationWords, now: Instant): Instant {
  const wish = granted(readValidity(words, now))
  if (wish === 'restore') throw new Refusal('version.restore-and-revoke', {})
  return wish === 'nothing' ? now : wish.revokeAt
}

async function draw(
  scene: Scene,
  version: VersionStanding,
  words: RevocationWords,
  revokeAt: Instant,
): Promise<RevocationPlanView> {
  const { rows, now } = scene
  obey(mayRevoke(version.fingerprint, versionStatus(version, [], now)))
  const spreads = !words.skipDescendantsRevocation
  const ahead = revokeAt > now
  const moving = !(ahead || words.disableRollbackChannels)
  const reached = await rows.plans.versions({ version: version.id, spreads, now })
  const moves = moving ? await rows.plans.moves({ version: version.id, spreads, now }) : []
  const descendants = reached.filter(({ id }) => id !== version.id)
  const manner = { versionId: version.id, scheduled: ahead, descendants: spreads, channels: moving }
  return {
    id: planId(manner, descendants, moves),
    version: showPlanned({ ...version, revoked: false }),
    revokeAt,
    descendants: descendants.slice(0, planRows).map(showPlanned),
    descendantCount: descendants.length,
    channels: moves.slice(0, planRows).map(showMove),
    channelCount: moves.length,
  }
}

/** The same for two plans that would do the same: nothing is stored for it. */
function planId(
  manner: RevocationManner,
  versions: readonly PlannedVersion[],
  moves: readonly PlannedMove[],
): string {
  const content = JSON.stringify([
    [manner.versionId, manner.scheduled, manner.descendants, manner.channels],
    versions.map(({ id, revoked }) => [id, revoked]),
    moves.map(({ channelId, fromFingerprint, toId }) => [channelId, fromFingerprint, toId]),
  ])
  return `plan_${createHash('sha256').update(content).digest('base64url').slice(0, 22)}`
}

function showPlanned(version: Omit<PlannedVersion, 'id'> & { readonly id: string }): PlannedVersionView {
  const { id: versionId, bucketName, fingerprint, number, revoked } = version
  return { versionId, bucketName, fingerprint, name: versionName(number), revoked }
}

function showMove(move: PlannedMove): PlannedMoveView {
  const { bucketName, channel, fromNumber, fromFingerprint, toNumber, toFingerprint } = move
  return {
    ...{ bucketName, channel, from: { name: versionName(fromNumber), fingerprint: fromFingerprint } },
    to: toFingerprint === null ? null : { name: versionName(toNumber ?? 0), fingerprint: toFingerprint },
  }
}
