import { EngineError, reasonOf } from '../errors.ts'
import type { BuildRecord, RecordedArtifact } from '../publish/build-record.ts'
import type { Manifest, ManifestBuild, UnfinishedVersion } from './manifest.ts'
import { Reading } from './reading.ts'

/** Largest manifest that is read, in characters. */
export const MAX_MANIFEST_LENGTH = 16 * 1024 * 1024

/**
 * Reads `packer-manifest.json`, strictly: a file of another format is refused with the place that shows it.
 *
 * @throws EngineError `manifest.unreadable`
 */
export function readManifest(text: string): Manifest {
  if (text.length > MAX_MANIFEST_LENGTH)
    throw unreadable(`it is longer than ${MAX_MANIFEST_LENGTH} characters`)
  const top = new Reading(parse(text), 'the file', unreadable)
  if (!top.has('builds')) throw unreadable('it has no "builds"')
  const builds = top.list('builds').map(readBuild)
  if (builds.length === 0) throw unreadable('"builds" is empty: no build of it has finished')
  const unfinished = top.optional('ingot')
  return {
    builds,
    lastRunUuid: top.string('last_run_uuid'),
    ...(unfinished ? { unfinished: readUnfinished(unfinished) } : {}),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unreadable(`it is not JSON (${reasonOf(error)})`)
  }
}

function readBuild(build: Reading): ManifestBuild {
  const record = build.optional('ingot')
  return {
    name: build.string('name'),
    builderType: build.string('builder_type'),
    artifactId: build.string('artifact_id'),
    runUuid: build.string('packer_run_uuid'),
    buildTime: build.integer('build_time'),
    files: build.list('files').map((file) => file.string('name')),
    customData: build.strings('custom_data'),
    ...(record ? { record: readRecord(record) } : {}),
  }
}

function readRecord(record: Reading): BuildRecord {
  const metadata = record.optional('metadata')?.value
  return {
    component: record.string('component_type'),
    platform: record.string('platform'),
    artifacts: record.list('artifacts').map(readArtifact),
    labels: record.strings('labels'),
    ...named('sourceImageId', record.optionalString('source_external_identifier')),
    ...named('parentVersionId', record.optionalString('parent_version_id')),
    ...named('parentChannelId', record.optionalString('parent_channel_id')),
    ...(metadata ? { metadata } : {}),
  }
}

function readArtifact(artifact: Reading): RecordedArtifact {
  return { imageId: artifact.string('external_identifier'), region: artifact.optionalString('region') ?? '' }
}

function readUnfinished(top: Reading): UnfinishedVersion {
  const bucket = top.object('bucket')
  return {
    bucket: {
      name: bucket.string('name'),
      ...named('description', bucket.optionalString('description')),
      ...(bucket.has('labels') ? { labels: bucket.strings('labels') } : {}),
    },
    fingerprint: top.string('fingerprint'),
    components: top.stringList('components'),
    channels: top.stringList('channels'),
  }
}

function named<Name extends string>(name: Name, value: string | undefined): { [name in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]?: string })
}

function unreadable(why: string): EngineError {
  return new EngineError(
    'manifest.unreadable',
    `This is not a manifest of packer's manifest post-processor: ${why}. Give the packer-manifest.json of a finished build.`,
  )
}
