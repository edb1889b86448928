import type { ManifestBuild } from './manifest.ts'

/** What a person says about a build where the manifest does not say it, or not well. */
export interface BuildOverride {
  /** The registry's name of the build, for example `amazon-ebs.ubuntu`. */
  readonly component?: string
  /** The provider that has the images: `aws`, `azure`, `gce`, `vsphere`, `docker` or any other. */
  readonly platform?: string
  /** Of the images for which the artifact's id names no region. */
  readonly region?: string
  /** Read instead of the manifest's `artifact_id`. */
  readonly artifactId?: string
  /** The image that the build started from. */
  readonly sourceImageId?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** Keys of the post-processor's `custom_data` that this engine reads; labels are `ingot_label_NAME`. */
export const CUSTOM_DATA = {
  component: 'ingot_component',
  platform: 'ingot_platform',
  region: 'ingot_region',
  artifactId: 'ingot_artifact_id',
  sourceImageId: 'ingot_source_image',
  labelPrefix: 'ingot_label_',
} as const

/** Merges what the template's author wrote in `custom_data` with what the caller says, which wins. */
export function overrideOf(
  build: ManifestBuild,
  ...callers: readonly (BuildOverride | undefined)[]
): BuildOverride {
  const all = [fromCustomData(build.customData), ...callers.filter((caller) => caller !== undefined)]
  return Object.assign({}, ...all, { labels: Object.assign({}, ...all.map((each) => each.labels)) })
}

function fromCustomData(data: Readonly<Record<string, string>>): BuildOverride {
  const { labelPrefix, ...keys } = CUSTOM_DATA
  const settings = Object.entries(keys).filter(([, key]) => data[key] !== undefined)
  const labels = Object.entries(data).filter(([key]) => key.startsWith(labelPrefix) && key !== labelPrefix)
  return {
    ...Object.fromEntries(settings.map(([setting, key]) => [setting, data[key]])),
    labels: Object.fromEntries(labels.map(([key, value]) => [key.slice(labelPrefix.length), value])),
  }
}
