import { packer } from '@ingot/registry-api'
import { criticalities } from '../../domain/criticality.ts'
import type { VulnerabilityQuery } from '../../inputs.ts'
import type { BucketVulnerabilityView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { bucketAt } from './addresses.ts'
import { given, sortedPaging } from './decode.ts'
import { dateTime, pagination } from './encode.ts'
import { onePackage, packageQuery, vulnerability } from './packages.ts'

/** What advisories mean for the packages of a bucket. */
export const vulnerabilityRoutes: readonly Route[] = [
  serve(packer.listBucketPackagesVulnerabilitySummary, async ({ registry, caller, at }) => {
    const { channels, packages, totals } = await registry.advisories.summary(caller, bucketAt(at))
    return render({
      channels_by_criticality: channels.map((one) => ({
        ...{ channel_id: one.channelId, channel_name: one.channelName, ...counted(one) },
      })),
      packages_by_criticality: packages.map((one) => ({
        ...{ package_name: one.name, package_version: one.version, package_purl: one.purl, ...counted(one) },
      })),
      total_by_criticality: totals.map((one) => ({
        ...counted(one),
        average_age_days_for_criticality: one.averageAgeDays,
        first_seen_at: one.firstSeenAt === null ? '' : dateTime(one.firstSeenAt),
      })),
    })
  }),

  serve(packer.listBucketPackagesWithVulnerabilities, async ({ registry, caller, at, query }) => {
    const wish = { ...packageQuery(query), ...vulnerabilityQuery(query) }
    const page = await registry.advisories.vulnerablePackages(caller, bucketAt(at), wish)
    return render({ packages: page.items.map(onePackage), pagination: pagination(page) })
  }),

  serve(packer.listBucketVulnerabilities, async ({ registry, caller, at, query }) => {
    const wish = vulnerabilityQuery(query)
    const page = await registry.advisories.vulnerabilities(caller, bucketAt(at), wish)
    return render({ vulnerabilities: page.items.map(withImpacts), pagination: pagination(page) })
  }),
]

interface Filter {
  readonly criticality?: string | readonly string[]
  readonly identifier?: string
  readonly identifier_starts_with?: string
}

function vulnerabilityQuery(query: Filter & Parameters<typeof sortedPaging>[0]): VulnerabilityQuery {
  const { criticality, identifier, identifier_starts_with: prefix } = query
  const words = typeof criticality === 'string' ? [criticality] : criticality
  return { ...sortedPaging(query), ...given({ criticality: words, identifier, prefix }) }
}

function counted({ criticality, count }: { readonly criticality: number; readonly count: number }) {
  return { criticality: criticalities[criticality]!, vulnerability_count: String(count) }
}

function withImpacts({ vulnerability: one, builds, channels, packages }: BucketVulnerabilityView) {
  return {
    vulnerability: vulnerability(one),
    ...{ impacted_builds: builds, impacted_channels: channels, impacted_packages: packages },
  }
}
