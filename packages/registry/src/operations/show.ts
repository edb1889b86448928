import type { ProjectAddress } from '../domain/address.ts'
import { ancestryStatus } from '../domain/ancestry.ts'
import type { Bucket } from '../domain/bucket.ts'
import type { Build } from '../domain/build.ts'
import type { Channel } from '../domain/channel.ts'
import type { Revocation } from '../domain/revocation.ts'
import type { Operation } from '../domain/tenant.ts'
import type { Instant } from '../domain/time.ts'
import {
  revisionOf,
  type VersionSight,
  type VersionStanding,
  versionName,
  versionStatus,
} from '../domain/version.ts'
import type {
  BucketView,
  BuildView,
  ChannelFacts,
  ChannelView,
  OperationView,
  RevocationView,
  VersionHead,
  VersionView,
} from '../views.ts'
import type { Scene } from './desk.ts'

export function showHead(now: Instant, version: VersionSight): VersionHead {
  return { id: version.id, revision: revisionOf(version, now) }
}

/** How much of its builds a version shows: their metadata is left out unless it is asked for. */
type Form = 'with metadata' | 'without metadata'

/** A version with its builds, as it was shown before if nothing of it changed. */
export async function showVersion(
  scene: Scene,
  at: ProjectAddress,
  version: VersionStanding,
  form: Form = 'without metadata',
): Promise<VersionView> {
  const head = showHead(scene.now, { ...version, revokeAt: version.revocation?.revokeAt ?? null })
  const kept = form === 'without metadata' ? scene.album.get(head) : undefined
  if (kept) return kept
  const builds = await scene.rows.builds.ofVersion(version.id)
  const view = describe(version, { ...at, head, builds, form, now: scene.now })
  if (form === 'without metadata') scene.album.keep(view)
  return view
}

interface Details extends ProjectAddress {
  readonly head: VersionHead
  readonly builds: readonly Build[]
  readonly form: Form
  readonly now: Instant
}

function describe(version: VersionStanding, details: Details): VersionView {
  const { head, builds, form, now, organizationId, projectId } = details
  const { bucketName, fingerprint, number, templateType, author, parents, revocation } = version
  const states = builds.map((build) => build.status)
  return {
    ...head,
    ...{ organizationId, projectId, bucketName, fingerprint, number, templateType, author },
    name: versionName(number),
    status: versionStatus(version, states, now),
    builds: builds.map(form === 'with metadata' ? showBuild : showBuildBriefly),
    hasDescendants: version.hasDescendants,
    ...(parents !== undefined && { parents }),
    ...(revocation && { revocation: showRevocation(revocation) }),
    createdAt: version.createdAt,
    updatedAt: version.updatedAt,
  }
}

function showRevocation(revocation: Revocation): RevocationView {
  const { revokeAt: at, author, message, versionId, originId } = revocation
  if (originId === versionId) return { at, author, message }
  const inheritedFrom = {
    bucketName: revocation.originBucket,
    versionId: originId,
    fingerprint: revocation.originFingerprint,
    name: versionName(revocation.originNumber),
  }
  return { at, author, message, inheritedFrom }
}

export function showBuild({ sourceChannel: _, heartbeatAt: __, ...build }: Build): BuildView {
  return build
}

function showBuildBriefly(build: Build): BuildView {
  const { metadata: _, ...brief } = showBuild(build)
  return brief
}

export function showChannelFacts(bucketName: string, channel: Channel): ChannelFacts {
  const { bucketId: _, versionId: __, ...facts } = channel
  return { ...facts, bucketName }
}

export async function showChannel(
  scene: Scene,
  at: ProjectAddress,
  bucket: Bucket,
  channel: Channel,
): Promise<ChannelView> {
  const version = await versionById(scene, at, channel.versionId)
  return { ...showChannelFacts(bucket.name, channel), version: version ?? null }
}

/** The version that a channel or a row of its history names. */
export async function versionById(
  scene: Scene,
  at: ProjectAddress,
  id: string | null,
): Promise<VersionView | null> {
  const version = id === null ? undefined : await scene.rows.versions.byId(at.projectId, id)
  return version ? showVersion(scene, at, version) : null
}

export async function showBucket(scene: Scene, at: ProjectAddress, bucket: Bucket): Promise<BucketView> {
  const { organizationId, projectId } = at
  const { id, name, description, labels, versionCount, createdAt, updatedAt } = bucket
  const { rows } = scene
  const latest = await rows.channels.latestVersion(id)
  const latestVersion = latest ? await showVersion(scene, at, latest) : null
  const children = await rows.ancestry.childrenRank(id)
  return {
    ...{
      id,
      organizationId,
      projectId,
      name,
      description,
      labels,
      versionCount,
      createdAt,
      updatedAt,
      latestVersion,
    },
    platforms: platformsOf(latestVersion),
    ...(latest?.parents !== undefined && { parents: latest.parents }),
    ...(children !== null && { children: ancestryStatus(children) }),
  }
}

function platformsOf(version: VersionView | null): readonly string[] {
  const platforms = version?.builds.map((build) => build.platform) ?? []
  return [...new Set(platforms)].filter((platform) => platform !== '').sort()
}

export function showOperation(at: ProjectAddress, { id, createdAt }: Operation): OperationView {
  const { organizationId, projectId } = at
  return { id, organizationId, projectId, createdAt }
}
