import { type Artifact, type ArtifactWords, checkArtifacts, sameArtifacts } from './artifact.ts'
import { type Labels, mergeLabels, sameLabels } from './labels.ts'
import {
  componentTypeLength,
  externalIdentifierLength,
  identifierLength,
  labelsPerObject,
  platformLength,
  runUuidLength,
} from './limits.ts'
import { checkMetadata } from './metadata.ts'
import { Refusal } from './refusal.ts'
import { checkLabels, checkText } from './text.ts'
import type { Instant } from './time.ts'

export type BuildStatus = 'unset' | 'running' | 'done' | 'cancelled' | 'failed'

/** What one source of a template makes; one per component type in a version. */
export interface Build {
  readonly id: string
  readonly versionId: string
  readonly componentType: string
  readonly status: BuildStatus
  readonly platform: string
  readonly packerRunUuid: string
  readonly labels: Labels
  readonly artifacts: readonly Artifact[]
  readonly sourceExternalIdentifier: string
  readonly parentVersionId: string
  readonly parentChannelId: string
  /** What the publisher told of its pipeline; null when nothing. */
  readonly metadata: unknown
  /** The program that published last, as it named itself. */
  readonly sourceChannel: string
  /** When the build last said that it runs. */
  readonly heartbeatAt: Instant | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

/** What a publisher tells of a build. An absent or empty word leaves what is stored. */
export interface BuildWords {
  readonly status?: BuildStatus
  readonly packerRunUuid?: string
  readonly platform?: string
  readonly labels?: Labels
  readonly artifacts?: readonly ArtifactWords[]
  readonly sourceExternalIdentifier?: string
  readonly parentVersionId?: string
  readonly parentChannelId?: string
  readonly metadata?: unknown
}

/** What comes from outside when a build changes. */
export interface BuildMoment {
  readonly now: Instant
  readonly sourceChannel: string
  /** Gives an artifact its identifier. */
  readonly artifact: (words: ArtifactWords) => Artifact
}

/** A build of which nothing is known but its component. */
export function blankBuild(facts: {
  id: string
  versionId: string
  componentType: string
  now: Instant
}): Build {
  const { now, ...identity } = facts
  return {
    ...identity,
    status: 'unset',
    platform: '',
    packerRunUuid: '',
    labels: {},
    artifacts: [],
    sourceExternalIdentifier: '',
    parentVersionId: '',
    parentChannelId: '',
    metadata: null,
    sourceChannel: '',
    heartbeatAt: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** Refuses to register a build of that component with those words. */
export function checkNewBuild(componentType: string, words: BuildWords): Refusal | undefined {
  if (componentType === '')
    return new Refusal('name.malformed', { field: 'component_type', value: '', rule: 'there' })
  if (words.sourceExternalIdentifier && !words.parentVersionId) return new Refusal('build.source-alone', {})
  return checkText('component_type', componentType, componentTypeLength)
}

/**
 * The build after what its publisher tells. A build that is done stays so: a heartbeat that comes late and an exact repetition
 * change nothing, anything else is refused. A build that failed or was cancelled may run again.
 */
export function changeBuild(build: Build, words: BuildWords, moment: BuildMoment): Build | Refusal {
  if (build.status === 'done') {
    if (words.status === 'running' || repeats(build, words)) return build
    return setTwice(build, words) ?? new Refusal('build.done', { component: build.componentType })
  }
  return checkBuildWords(words) ?? setTwice(build, words) ?? apply(build, words, moment)
}

/** Whether a publisher says only, once more, that the build runs. Nothing but the time of that is kept. */
export function isHeartbeat(build: Build, words: BuildWords): boolean {
  const { status, packerRunUuid, platform, labels, artifacts, metadata, ...ids } = words
  const more = platform || artifacts?.length || metadata != null || Object.values(ids).some((id) => id)
  return (
    build.status === 'running' &&
    status === 'running' &&
    (!packerRunUuid || packerRunUuid === build.packerRunUuid) &&
    !more &&
    Object.keys(labels ?? {}).length === 0
  )
}

function apply(
  build: Build,
  words: BuildWords,
  { now, sourceChannel, artifact }: BuildMoment,
): Build | Refusal {
  const labels = mergeLabels(build.labels, words.labels ?? {})
  if (Object.keys(labels).length > labelsPerObject)
    return new Refusal('list.too-long', { field: 'labels', limit: labelsPerObject })
  const artifacts = words.artifacts?.length ? words.artifacts.map(artifact) : build.artifacts
  if (words.status === 'done' && artifacts.length === 0)
    return new Refusal('build.empty', { component: build.componentType })
  return {
    ...build,
    status: words.status && words.status !== 'unset' ? words.status : build.status,
    platform: words.platform || build.platform,
    packerRunUuid: words.packerRunUuid || build.packerRunUuid,
    labels,
    artifacts,
    sourceExternalIdentifier: words.sourceExternalIdentifier || build.sourceExternalIdentifier,
    parentVersionId: words.parentVersionId || build.parentVersionId,
    parentChannelId: words.parentChannelId || build.parentChannelId,
    metadata: words.metadata ?? build.metadata,
    sourceChannel,
    heartbeatAt: words.status === 'running' ? now : build.heartbeatAt,
    updatedAt: now,
  }
}

function checkBuildWords(words: BuildWords): Refusal | undefined {
  return (
    checkText('packer_run_uuid', words.packerRunUuid ?? '', runUuidLength) ??
    checkText('platform', words.platform ?? '', platformLength) ??
    checkText('source_external_identifier', words.sourceExternalIdentifier ?? '', externalIdentifierLength) ??
    checkText('parent_version_id', words.parentVersionId ?? '', identifierLength) ??
    checkText('parent_channel_id', words.parentChannelId ?? '', identifierLength) ??
    checkLabels(words.labels ?? {}) ??
    checkArtifacts(words.artifacts ?? []) ??
    checkMetadata(words.metadata)
  )
}

/** The platform is refused even when it is the stored one, as the hosted service does; equal parents are no error. */
function setTwice(build: Build, words: BuildWords): Refusal | undefined {
  if (build.platform && words.platform) return new Refusal('build.platform-set', {})
  if (differs(build.parentVersionId, words.parentVersionId))
    return new Refusal('build.parent-version-set', {})
  if (differs(build.parentChannelId, words.parentChannelId))
    return new Refusal('build.parent-channel-set', {})
  return undefined
}

function differs(stored: string, given: string | undefined): boolean {
  return stored !== '' && given !== undefined && given !== '' && given !== stored
}

/** Whether a publisher says once more, word for word, what is already stored of a build that is done. */
function repeats(build: Build, words: BuildWords): boolean {
  const kept = (given: string | undefined, stored: string) => !given || given === stored
  return (
    words.status === 'done' &&
    kept(words.platform, build.platform) &&
    kept(words.packerRunUuid, build.packerRunUuid) &&
    kept(words.sourceExternalIdentifier, build.sourceExternalIdentifier) &&
    kept(words.parentVersionId, build.parentVersionId) &&
    kept(words.parentChannelId, build.parentChannelId) &&
    sameLabels(mergeLabels(build.labels, words.labels ?? {}), build.labels) &&
    (!words.artifacts?.length || sameArtifacts(build.artifacts, words.artifacts)) &&
    (words.metadata == null || JSON.stringify(words.metadata) === JSON.stringify(build.metadata))
  )
}
