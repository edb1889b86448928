import type { Body, packer, Query } from '@ingot/registry-api'
import type { Paging, SortedPaging } from '../../domain/page.ts'
import type { Instant } from '../../domain/time.ts'
import type { BuildChange } from '../../inputs.ts'
import { buildStatusWord, meant } from './words.ts'

/** The fields that were given: `null` and absence both say that a field was not. */
export function given<Fields extends Readonly<Record<string, unknown>>>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], null | undefined> } {
  const present = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(present) as ReturnType<typeof given<Fields>>
}

/** A time that was really set: Go clients send the year 1 for one that was not. */
export function setTime(text: string | null | undefined): Instant | undefined {
  if (!text) return
  const at = Date.parse(text)
  if (new Date(at).getUTCFullYear() > 1) return at
}

type WrittenBuild = Omit<Body<typeof packer.updateBuild>, 'metadata'>

/** What the bodies of CreateBuild and UpdateBuild have in common. */
export function buildChange(body: WrittenBuild): BuildChange {
  return given({
    status: meant(buildStatusWord, body.status),
    packerRunUuid: body.packer_run_uuid,
    platform: body.platform,
    labels: body.labels,
    artifacts: body.artifacts?.map((each) => ({
      externalIdentifier: each.external_identifier ?? '',
      region: each.region ?? '',
    })),
    sourceExternalIdentifier: body.source_external_identifier,
    parentVersionId: body.parent_version_id,
    parentChannelId: body.parent_channel_id,
  })
}

type PagingQuery = Query<typeof packer.listChannelAssignmentHistory>

export function paging(query: PagingQuery): Paging {
  return given({
    pageSize: query['pagination.page_size'],
    nextPageToken: query['pagination.next_page_token'],
    previousPageToken: query['pagination.previous_page_token'],
  })
}

export function sortedPaging(query: Query<typeof packer.listBuckets>): SortedPaging {
  const order = query['sorting.order_by']
  if (order === undefined) return paging(query)
  return { ...paging(query), orderBy: typeof order === 'string' ? [order] : order }
}
