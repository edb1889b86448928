import { type Build, type BuildPlace, type CallOptions, type Client, GRPC } from '@ingot/client'
import { isRefused } from './bucket.ts'
import type { BuildRecord } from './build-record.ts'
import { type Patience, persistently } from './persistence.ts'

/** One build of this run in the registry. */
export interface ReportedBuild {
  readonly client: Client
  readonly at: BuildPlace
  readonly runUuid: string
}

/** Ways for a build to be under way, or to end without images. */
export type ImagelessStatus = 'BUILD_RUNNING' | 'BUILD_FAILED' | 'BUILD_CANCELLED'

/** Tells the registry how a build stands; with `BUILD_RUNNING` this is also the heartbeat. */
export async function reportStatus(
  { client, at, runUuid }: ReportedBuild,
  status: ImagelessStatus,
  options: CallOptions = {},
): Promise<void> {
  await client.builds.update(
    at,
    { artifacts: null, packer_run_uuid: runUuid, status },
    { ...options, idempotent: true },
  )
}

/**
 * Publishes the images of a build, again and again while the registry is away. A refusal after a try whose answer was
 * lost may only mean that the build is published: that is looked up.
 */
export async function reportDone(
  build: ReportedBuild,
  record: BuildRecord,
  patience: Patience,
): Promise<void> {
  const options = { ...(patience.signal ? { signal: patience.signal } : {}), idempotent: true }
  await persistently(patience, async () => {
    try {
      await build.client.builds.update(build.at, doneBody(record, build.runUuid), options)
    } catch (error) {
      const maybeDone = isRefused(error, GRPC.failedPrecondition) || isRefused(error, GRPC.alreadyExists)
      if (!maybeDone || !isPublished(await build.client.builds.get(build.at, options), record)) throw error
    }
  })
}

/** Whether the registry has exactly the images of the record for a build. */
export function isPublished(build: Build, record: BuildRecord): boolean {
  const stored = build.artifacts.map(({ external_identifier, region }) =>
    JSON.stringify([external_identifier, region]),
  )
  const wanted = record.artifacts.map(({ imageId, region }) => JSON.stringify([imageId, region]))
  return build.status === 'BUILD_DONE' && stored.sort().join() === wanted.sort().join()
}

function doneBody(record: BuildRecord, runUuid: string) {
  return {
    artifacts: record.artifacts.map(({ imageId, region }) => ({
      external_identifier: imageId,
      ...(region === '' ? {} : { region }),
    })),
    ...(Object.keys(record.labels).length === 0 ? {} : { labels: record.labels }),
    ...(record.metadata === undefined ? {} : { metadata: record.metadata }),
    packer_run_uuid: runUuid,
    ...(record.parentChannelId === undefined ? {} : { parent_channel_id: record.parentChannelId }),
    ...(record.parentVersionId === undefined ? {} : { parent_version_id: record.parentVersionId }),
    platform: record.platform,
    ...(record.sourceImageId === undefined ? {} : { source_external_identifier: record.sourceImageId }),
    status: 'BUILD_DONE',
  } as const
}
