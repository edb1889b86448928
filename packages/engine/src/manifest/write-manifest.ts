import type { BuildRecord } from '../publish/build-record.ts'
import type { Manifest, ManifestBuild, UnfinishedVersion } from './manifest.ts'

/** The manifest as `readManifest` reads it, and as any reader of packer's manifests does. */
export function writeManifest(manifest: Manifest): string {
  const json = {
    builds: manifest.builds.map(buildJson),
    last_run_uuid: manifest.lastRunUuid,
    ...(manifest.unfinished ? { ingot: unfinishedJson(manifest.unfinished) } : {}),
  }
  return `${JSON.stringify(json, null, 2)}\n`
}

function buildJson(build: ManifestBuild) {
  return {
    name: build.name,
    builder_type: build.builderType,
    build_time: build.buildTime,
    files: build.files.map((name) => ({ name })),
    artifact_id: build.artifactId,
    packer_run_uuid: build.runUuid,
    custom_data: build.customData,
    ...(build.record ? { ingot: recordJson(build.record) } : {}),
  }
}

/** Members that are undefined are not written. */
function recordJson(record: BuildRecord) {
  return {
    component_type: record.component,
    platform: record.platform,
    artifacts: record.artifacts.map(({ imageId, region }) => ({ external_identifier: imageId, region })),
    labels: record.labels,
    source_external_identifier: record.sourceImageId,
    parent_version_id: record.parentVersionId,
    parent_channel_id: record.parentChannelId,
    metadata: record.metadata,
  }
}

function unfinishedJson({ bucket, fingerprint, components, channels }: UnfinishedVersion) {
  return { bucket, fingerprint, components, channels }
}
