import type { BucketAddress, VersionAddress } from '../domain/address.ts'
import { mayUnassign } from '../domain/channel.ts'
import { type List, makePage, type Page, readPaging, type SortedPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { readValidity } from '../domain/revocation.ts'
import { checkFingerprint } from '../domain/text.ts'
import { checkCompletion, type VersionStanding } from '../domain/version.ts'
import type { VersionWords } from '../domain/version-words.ts'
import type { NewVersion, VersionChange } from '../inputs.ts'
import type { VersionColumn } from '../store/rows/version-rows.ts'
import type { OperationView, VersionHead, VersionView } from '../views.ts'
import { finish, rollBack } from './assignments.ts'
import type { Scene, Stage } from './desk.ts'
import { findBucket, findVersion, versionIn, versionNamed } from './find.ts'
import { restore, revoke } from './revoking.ts'
import { showHead, showOperation, showVersion } from './show.ts'

const versions: List<VersionColumn> = {
  name: 'versions',
  columns: {
    name: 'number',
    fingerprint: 'fingerprint',
    created_at: 'createdAt',
    updated_at: 'updatedAt',
    id: 'id',
  },
  types: { number: 'number', fingerprint: 'string', createdAt: 'number', updatedAt: 'number', id: 'string' },
  order: [
    { column: 'createdAt', descending: true },
    { column: 'id', descending: true },
  ],
}

export async function createVersion(
  stage: Stage,
  at: BucketAddress,
  input: NewVersion,
): Promise<VersionView> {
  const { rows, now, ids, caller } = stage
  const { fingerprint, templateType = 'unset' } = input
  obey(checkFingerprint(fingerprint))
  const bucket = await findBucket(stage, at)
  if (await rows.versions.find(bucket.id, fingerprint)) throw new Refusal('version.exists', { fingerprint })
  await rows.versions.add({
    ...{ id: ids.ulid(now), bucketId: bucket.id, fingerprint, templateType, author: caller.principalName },
    ...{ number: 0, revision: 1, createdAt: now, updatedAt: now },
  })
  await rows.buckets.touch(bucket.id, now, 1)
  stage.note({ after: { fingerprint, templateType } })
  return showVersion(stage, at, await versionIn(stage, bucket, fingerprint, 'version.unknown'))
}

export async function getVersion(scene: Scene, at: VersionAddress): Promise<VersionView> {
  return showVersion(scene, at, await findVersion(scene, at, 'version.unknown'), 'with metadata')
}

/** A version by any of its names. */
export async function findNamed(scene: Scene, at: BucketAddress, words: VersionWords): Promise<VersionView> {
  const bucket = await findBucket(scene, at)
  return showVersion(scene, at, await versionNamed(scene, bucket, words, 'version.unknown'))
}

export async function headVersion(scene: Scene, at: VersionAddress): Promise<VersionHead> {
  const version = await findVersion(scene, at, 'version.unknown')
  return showHead(scene.now, { ...version, revokeAt: version.revocation?.revokeAt ?? null })
}

export async function listVersions(
  scene: Scene,
  at: BucketAddress,
  paging: SortedPaging,
): Promise<Page<VersionView>> {
  const window = granted(readPaging(versions, paging))
  const bucket = await findBucket(scene, at)
  const found = await scene.rows.versions.list(bucket.id, window)
  const page = makePage(window, found, (version, column) => version[column])
  const items: VersionView[] = []
  for (const version of page.items) items.push(await showVersion(scene, at, version))
  return { ...page, items }
}

export async function updateVersion(
  stage: Stage,
  at: VersionAddress,
  change: VersionChange,
): Promise<{ version: VersionView; operation: OperationView }> {
  const { rows, now, ids } = stage
  const wish = granted(readValidity(change, now))
  const version = await findVersion(stage, at, 'version.unknown')
  if (change.complete) await complete(stage, version)
  if (wish === 'restore') await restore(stage, version)
  else if (wish !== 'nothing') await revoke(stage, at, { version, revokeAt: wish.revokeAt, words: change })
  const operation = { id: ids.ulid(now), projectId: at.projectId, createdAt: now }
  await rows.tenants.addOperation(operation)
  const after = await findVersion(stage, at, 'version.unknown')
  stage.note({ before: standing(version), after: standing(after) })
  return { version: await showVersion(stage, at, after), operation: showOperation(at, operation) }
}

function standing({ number, revocation }: VersionStanding) {
  return { number, revokeAt: revocation?.revokeAt ?? null, message: revocation?.message ?? null }
}

async function complete(stage: Stage, version: VersionStanding): Promise<void> {
  obey(checkCompletion(version, await stage.rows.builds.states(version.id)))
  await finish(stage, version)
}

export async function deleteVersion(
  stage: Stage,
  at: VersionAddress,
  how: { readonly rollbackChannels: boolean },
): Promise<void> {
  const { rows, now } = stage
  const version = await findVersion(stage, at, 'version.absent')
  const channels = await rows.channels.ofVersion(version.id)
  if (!how.rollbackChannels) obey(mayUnassign(channels))
  await rollBack(stage, channels)
  await rows.versions.remove(version.id)
  await rows.buckets.touch(version.bucketId, now, -1)
  stage.note({ before: { id: version.id, ...standing(version) } })
}
