import type { Body, packer2021, Query } from '@ingot/registry-api'
import type { SortedPaging } from '../../domain/page.ts'
import { firstOf, type VersionWords } from '../../domain/version-words.ts'
import type { BuildChange } from '../../inputs.ts'
import { given, sortedPaging as newerPaging } from '../packer-2023-01-01/decode.ts'
import { meant } from '../packer-2023-01-01/words.ts'
import { buildStatusWord, restricted } from './words.ts'

type WrittenBuild = NonNullable<Body<typeof packer2021.updateBuild>['updates']>

/** What CreateBuild and UpdateBuild say of a build. */
export function buildChange(words: WrittenBuild): BuildChange {
  return given({
    status: meant(buildStatusWord, words.status),
    packerRunUuid: words.packer_run_uuid,
    platform: words.cloud_provider,
    labels: words.labels,
    artifacts: words.images?.map((each) => ({
      externalIdentifier: each.image_id ?? '',
      region: each.region ?? '',
    })),
    sourceExternalIdentifier: words.source_image_id,
    parentVersionId: words.source_iteration_id,
    parentChannelId: words.source_channel_id,
  })
}

interface IterationWords {
  readonly iteration_id?: string | null
  readonly fingerprint?: string | null
  readonly incremental_version?: string | number | null
}

/** The iteration that a client means. */
export function versionWords(words: IterationWords): VersionWords {
  return given({
    versionId: words.iteration_id,
    versionFingerprint: words.fingerprint,
    versionNumber: words.incremental_version == null ? undefined : Number(words.incremental_version),
  })
}

type WrittenChannel = Body<typeof packer2021.updateChannel>

/** What UpdateChannel says of a channel. */
export function channelChange(body: WrittenChannel) {
  return {
    ...versionWords(body),
    ...given({ mask: body.mask, restricted: restricted(body.restriction) }),
  }
}

/** What CreateChannel says of a channel: the first word for an iteration counts. */
export function newChannel(body: Body<typeof packer2021.createChannel>) {
  return {
    ...firstOf(versionWords(body)),
    ...given({ restricted: restricted(body.restriction) }),
    name: body.slug ?? '',
  }
}

/** Columns by the names of this plane. */
const columns: Readonly<Record<string, string>> = { slug: 'name', incremental_version: 'name' }

export function sortedPaging(query: Query<typeof packer2021.listBuckets>): SortedPaging {
  const paging = newerPaging(query)
  if (!paging.orderBy) return paging
  const renamed = paging.orderBy.map((value) => value.replace(/\w+/g, (word) => columns[word] ?? word))
  return { ...paging, orderBy: renamed }
}
