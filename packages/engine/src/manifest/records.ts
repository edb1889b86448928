import { EngineError } from '../errors.ts'
import type { ResolvedParent } from '../parent.ts'
import { type BuildRecord, recordOf } from '../publish/build-record.ts'
import { type BuildOverride, overrideOf } from './build-override.ts'
import { imagesOn, platformOf } from './families.ts'
import type { Manifest, ManifestBuild } from './manifest.ts'

/** How the builds of a manifest become records. */
export interface RecordOptions {
  /** By the build's name; `*` is for every build, and the name's own entry wins. */
  readonly overrides?: Readonly<Record<string, BuildOverride>>
  /** Legacy templates (`JSON`) may have builders without a name of their own, which the registry knows by type alone. */
  readonly templateType: 'HCL2' | 'JSON'
  readonly buildLabels?: Readonly<Record<string, string>>
  readonly parents?: readonly ResolvedParent[]
}

/** The builds of one run; the run is the manifest's last one unless told. */
export function buildsOfRun(manifest: Manifest, runUuid: string): readonly ManifestBuild[] {
  const builds = manifest.builds.filter((build) => build.runUuid === runUuid)
  if (builds.length > 0) return builds
  const runs = [...new Set(manifest.builds.map((build) => build.runUuid))]
  throw new EngineError(
    'manifest.unreadable',
    `The manifest has no build of run ${runUuid}. It has: ${runs.join(', ')}.`,
    { details: runs },
  )
}

/**
 * What the registry will be told, one record for each build; several artifacts of one build are put together.
 *
 * @throws EngineError `manifest.unmapped` with every build that cannot be read in `details`
 */
export function recordsOf(builds: readonly ManifestBuild[], options: RecordOptions): readonly BuildRecord[] {
  const records = new Map<string, BuildRecord>()
  const faults: string[] = []
  for (const build of builds) {
    const record = build.record ?? readRecord(build, options)
    if (typeof record === 'string') faults.push(`${build.builderType} "${build.name}": ${record}`)
    else records.set(record.component, joined(records.get(record.component), record))
  }
  if (faults.length === 0) return [...records.values()]
  throw new EngineError(
    'manifest.unmapped',
    `The images of this manifest are not clear: ${faults.join('; ')}. Say it in the post-processor's custom_data ` +
      '(ingot_platform, ingot_region, ingot_artifact_id) or give it with the command.',
    { details: faults },
  )
}

function readRecord(build: ManifestBuild, options: RecordOptions): BuildRecord | string {
  const { '*': forAll, [build.name]: own } = options.overrides ?? {}
  const override = overrideOf(build, forAll, own)
  const platform = override.platform ?? platformOf(build)
  if (platform === undefined) return 'the provider of this builder is not known'
  const images = imagesOn(platform, {
    artifactId: override.artifactId ?? build.artifactId,
    files: build.files,
    region: override.region ?? '',
  })
  if (typeof images === 'string') return images
  const [first, ...rest] = images.map(({ imageId, region }) => ({
    imageId,
    providerName: platform,
    providerRegion: region,
    labels: override.labels ?? {},
    sourceImageId: override.sourceImageId ?? '',
  }))
  if (!first) return 'its artifact has no image'
  return recordOf([first, ...rest], {
    ...options,
    component: override.component ?? componentOf(build, options),
  })
}

function componentOf({ name, builderType }: ManifestBuild, { templateType }: RecordOptions): string {
  return templateType === 'JSON' && name === builderType ? name : `${builderType}.${name}`
}

function joined(earlier: BuildRecord | undefined, record: BuildRecord): BuildRecord {
  if (!earlier) return record
  const artifacts = new Map(
    [...earlier.artifacts, ...record.artifacts].map((each) => [JSON.stringify(each), each]),
  )
  return {
    ...earlier,
    ...record,
    platform: earlier.platform,
    artifacts: [...artifacts.values()],
    labels: { ...earlier.labels, ...record.labels },
  }
}
