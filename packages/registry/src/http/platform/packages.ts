import { platform } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { bucketAt, projectAt } from '../packer-2023-01-01/addresses.ts'
import { type Route, serve } from '../route.ts'

const describedWord = { both: 'BOTH', before: 'BEFORE', after: 'AFTER' } as const

/** Where packages are, and what became of them. */
export const packageRoutes: readonly Route[] = [
  serve(platform.searchPackages, async ({ registry, caller, at, query }) => {
    const wish = { name: query.name ?? '', range: query.range ?? '' }
    const { places, whole } = await registry.sboms.search(caller, projectAt(at), wish)
    return render({
      packages: places.map((one) => ({
        ...one.package,
        ...{ bucket_name: one.bucketName, version_name: one.versionName },
        ...{ version_fingerprint: one.fingerprint, revoked: one.revoked },
        ...{ build_id: one.buildId, component_type: one.componentType, channels: one.channels },
      })),
      whole,
    })
  }),

  serve(platform.comparePackages, async ({ registry, caller, at, query }) => {
    const pair = { from: query.from ?? '', to: query.to ?? '' }
    const { from, to, components } = await registry.sboms.compare(caller, bucketAt(at), pair)
    return render({
      ...{ from, to },
      components: components.map(({ componentType, described, counts, ...changes }) => ({
        ...{ component_type: componentType, described: describedWord[described], ...changes },
        ...{ added_count: counts.added, removed_count: counts.removed, changed_count: counts.changed },
      })),
    })
  }),
]
