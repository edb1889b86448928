import { type Build, type Client, type Clock, systemClock, type VersionPlace } from '@ingot/client'
import { EngineError } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { ResolvedParent } from '../parent.ts'
import type { BucketPlan } from '../plan/build-plan.ts'
import { bucketFaults } from '../plan/check-plan.ts'
import { upsertBucket } from '../publish/bucket.ts'
import type { BuildRecord } from '../publish/build-record.ts'
import { isPublished, reportDone, reportStatus } from '../publish/build-report.ts'
import { finishVersion, type VersionOutcome } from '../publish/finish-version.ts'
import {
  findOrStartVersion,
  isComplete,
  isDone,
  registerBuilds,
  requireOpen,
} from '../publish/open-version.ts'
import type { BuildOverride } from './build-override.ts'
import type { Manifest } from './manifest.ts'
import { buildsOfRun, recordsOf } from './records.ts'

/** How a manifest is published. */
export interface PublishOptions {
  readonly client: Client
  /** Where to; needed unless the manifest is a rescue file, which knows it. */
  readonly bucket?: BucketPlan
  /** Names the version; the run's UUID unless told. With the fingerprint of a version that packer began, it is finished. */
  readonly fingerprint?: string
  /** Which run of the manifest; its last one unless told. */
  readonly runUuid?: string
  /** `JSON` for legacy templates; `HCL2` unless told. The registry keeps it, and names builds by it. */
  readonly templateType?: 'HCL2' | 'JSON'
  /** By the build's name; `*` is for every build, and the name's own entry wins. Wins over the manifest's `custom_data`. */
  readonly overrides?: Readonly<Record<string, BuildOverride>>
  readonly buildLabels?: Readonly<Record<string, string>>
  readonly channels?: readonly string[]
  readonly parents?: readonly ResolvedParent[]
  readonly onEvent?: OnEvent
  readonly signal?: AbortSignal
  readonly clock?: Clock
}

/** What the registry has of a manifest now. */
export interface PublishOutcome {
  readonly bucket: string
  readonly fingerprint: string
  readonly version: VersionOutcome
  readonly builds: readonly PublishedBuild[]
}

/** A build of a manifest that is in the registry now. */
export interface PublishedBuild {
  readonly record: BuildRecord
  /** Whether this call published it, or it was there already. */
  readonly news: boolean
}

/**
 * Publishes what packer's `manifest` post-processor recorded, or what a run of this engine had to keep. Doing it again
 * changes nothing.
 *
 * @throws EngineError `manifest.unreadable`, `manifest.unmapped`, `plan.invalid`, and `version.complete` when the
 *   fingerprint has other images already; ClientError for everything the registry refuses
 */
export async function publishManifest(manifest: Manifest, options: PublishOptions): Promise<PublishOutcome> {
  const runUuid = options.runUuid ?? manifest.lastRunUuid
  const templateType = options.templateType ?? 'HCL2'
  const records = recordsOf(buildsOfRun(manifest, runUuid), { ...options, templateType })
  const bucket = bucketOf(manifest, options)
  const at = {
    bucket: bucket.name,
    fingerprint: options.fingerprint ?? manifest.unfinished?.fingerprint ?? runUuid,
  }
  const call = options.signal ? { signal: options.signal } : {}
  await upsertBucket(options.client, bucket, call)
  const version = await findOrStartVersion(options.client, at, { ...call, templateType })
  const known = isComplete(version)
    ? new Map(version.builds.map((build) => [build.component_type, build]))
    : await register(manifest, { ...options, at, runUuid, records, templateType })
  refuseOtherImages(known, records, at)
  if (!isComplete(version)) requireOpen(version, templateType)
  const builds = []
  for (const record of records) builds.push(await publish(record, { ...options, at, runUuid, known }))
  const channels = options.channels ?? manifest.unfinished?.channels ?? []
  return { ...at, version: await finishVersion(options.client, at, { ...call, channels }), builds }
}

function bucketOf(manifest: Manifest, options: PublishOptions): BucketPlan {
  const bucket = options.bucket ?? manifest.unfinished?.bucket
  const faults = bucket ? bucketFaults(bucket) : ['name the bucket: a manifest does not say it']
  if (bucket && faults.length === 0) return bucket
  throw new EngineError('plan.invalid', `The manifest cannot be published: ${faults.join('; ')}.`, {
    details: faults,
  })
}

interface Registration extends PublishOptions {
  readonly at: VersionPlace
  readonly runUuid: string
  readonly records: readonly BuildRecord[]
  readonly templateType: 'HCL2' | 'JSON'
}

function register(manifest: Manifest, { client, at, runUuid, records, signal }: Registration) {
  const components = new Set([
    ...(manifest.unfinished?.components ?? []),
    ...records.map((record) => record.component),
  ])
  return registerBuilds(client, at, { components: [...components], runUuid, ...(signal ? { signal } : {}) })
}

function refuseOtherImages(
  known: ReadonlyMap<string, Build>,
  records: readonly BuildRecord[],
  { bucket, fingerprint }: VersionPlace,
): void {
  const others = records
    .filter(({ component }) => known.has(component))
    .filter((record) => {
      const build = known.get(record.component)
      return build && isDone(build) && !isPublished(build, record)
    })
  const missing = records.filter(({ component }) => !known.has(component))
  if (others.length + missing.length === 0) return
  const names = [...others, ...missing].map((record) => record.component)
  throw new EngineError(
    'version.complete',
    `Bucket ${bucket} has a version with the fingerprint ${fingerprint} already, and it differs in: ${names.join(', ')}. ` +
      'Publish this manifest under another fingerprint.',
    { details: names },
  )
}

interface Publication extends PublishOptions {
  readonly at: VersionPlace
  readonly runUuid: string
  readonly known: ReadonlyMap<string, Build>
}

async function publish(record: BuildRecord, publication: Publication): Promise<PublishedBuild> {
  const { client, at, runUuid, known, signal, clock = systemClock, onEvent = () => undefined } = publication
  const { component } = record
  const build = known.get(component)
  if (!build) throw new Error(`The registry did not register ${component}.`)
  if (isDone(build)) {
    onEvent({ type: 'build-skipped', component })
    return { record, news: false }
  }
  const reported = { client, at: { ...at, buildId: build.id }, runUuid }
  await reportStatus(reported, 'BUILD_RUNNING', signal ? { signal } : {})
  await reportDone(reported, record, {
    clock,
    patienceMs: PUBLISH_PATIENCE_MS,
    signal,
    onTrouble: (error) => onEvent({ type: 'registry-trouble', component, error }),
  })
  onEvent({ type: 'build-published', component, record })
  return { record, news: true }
}

/** The manifest stays where it is, so there is no need to wait long for a registry. */
const PUBLISH_PATIENCE_MS = 10_000
