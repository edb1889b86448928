import { platform } from '@ingot/registry-api'
import { criticalities } from '../../domain/criticality.ts'
import type { AdvisoryView } from '../../views.ts'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { given, paging } from '../packer-2023-01-01/decode.ts'
import { dateTime, pagination } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'

/** Advisories: imported, listed, looked at. */
export const advisoryRoutes: readonly Route[] = [
  serve(platform.importAdvisories, async ({ registry, caller, at, body }) =>
    render(await registry.advisories.import(caller, projectAt(at), body.advisories ?? [])),
  ),

  serve(platform.listAdvisories, async ({ registry, caller, at, query }) => {
    const { ecosystem, package_name: packageName, identifier_starts_with: prefix } = query
    const wish = { ...paging(query), ...given({ ecosystem, packageName, prefix }) }
    const page = await registry.advisories.list(caller, projectAt(at), wish)
    return render({ advisories: page.items.map(facts), pagination: pagination(page) })
  }),

  serve(platform.getAdvisory, async ({ registry, caller, at }) => {
    const view = await registry.advisories.get(caller, projectAt(at), at.advisory_id)
    const affected = view.affected.map(({ stream, name, versions: { ranges, versions } }) => ({
      ...{ ecosystem: stream, name, versions },
      ranges: ranges.map((events) => events.map((event) => event.join(' '))),
    }))
    return render({ advisory: { ...facts(view), details: view.details, affected } })
  }),

  serve(platform.getAdvisoryStatus, async ({ registry, caller, at }) => {
    const { advisories, importedAt, streams } = await registry.advisories.status(caller, projectAt(at))
    return render({
      advisory_count: advisories,
      last_imported_at: importedAt === null ? null : dateTime(importedAt),
      ecosystems: streams.map((one) => ({
        ...{ ecosystem: one.stream, advisory_count: one.advisories, withdrawn_count: one.withdrawn },
        last_imported_at: dateTime(one.importedAt),
      })),
    })
  }),
]

function facts(view: Omit<AdvisoryView, 'affected'>) {
  const time = (at: number | null) => (at === null ? null : dateTime(at))
  return {
    ...{ identifier: view.id, criticality: criticalities[view.criticality]!, severity: view.severity },
    ...{ summary: view.summary, refers_to: view.aliases, related: view.related },
    modified_at: dateTime(view.modifiedAt),
    ...{ published_at: time(view.publishedAt), withdrawn_at: time(view.withdrawnAt) },
  }
}
