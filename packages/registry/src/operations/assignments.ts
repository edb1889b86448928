import { type Channel, latest, registryAuthor } from '../domain/channel.ts'
import { completes, isRevoked, nextNumber, type VersionKey } from '../domain/version.ts'
import type { Stage } from './desk.ts'

/** Points a channel at a version, or at none, and notes it in the channel's history. Nothing happens when it points there. */
export async function point(
  { rows, now }: Stage,
  channel: Channel,
  to: { readonly versionId: string | null; readonly author: string },
): Promise<Channel> {
  if (channel.versionId === to.versionId) return channel
  const moved = { ...channel, ...to, updatedAt: now }
  await rows.channels.update(moved)
  await rows.channels.record(moved)
  return moved
}

/** Points channels at what they pointed at before, the newest that may still be used; at nothing when there is none. */
export async function rollBack(stage: Stage, channels: readonly Channel[]): Promise<void> {
  for (const channel of channels) {
    const versionId = await stage.rows.channels.fallback(channel.id, channel.versionId ?? '', stage.now)
    await point(stage, channel, { versionId, author: registryAuthor })
  }
}

/**
 * Completes a version when all its builds are done: it takes the next number of its bucket, and `latest` moves to it unless it
 * is revoked. Answers whether it did.
 */
export async function finish(
  stage: Stage,
  { id, bucketId, fingerprint, number }: VersionKey,
): Promise<boolean> {
  if (number > 0) return false
  const { rows, now } = stage
  const builds = await rows.builds.states(id)
  if (!completes(builds.map((build) => build.status))) return false
  const next = nextNumber(await rows.versions.highestNumber(bucketId))
  await rows.versions.complete(id, next, now)
  await rows.buckets.touch(bucketId, now)
  await rows.revocations.renumber(id, next)
  await rows.revocations.touch(id, now)
  const complete = await rows.versions.find(bucketId, fingerprint)
  if (complete && !isRevoked(complete, now)) await moveLatest(stage, complete)
  return true
}

async function moveLatest(stage: Stage, version: VersionKey): Promise<void> {
  const channel = await stage.rows.channels.find(version.bucketId, latest)
  if (channel) await point(stage, channel, { versionId: version.id, author: registryAuthor })
}
