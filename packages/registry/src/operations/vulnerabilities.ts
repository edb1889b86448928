import { roleAt } from '../domain/access.ts'
import type { BucketAddress } from '../domain/address.ts'
import { includes } from '../domain/caller.ts'
import { criticalities, rankOf } from '../domain/criticality.ts'
import { advisoryIdLength, lookupRows } from '../domain/limits.ts'
import { type List, makePage, type Page, readPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { checkText } from '../domain/text.ts'
import type { VulnerabilityQuery, VulnerablePackageQuery } from '../inputs.ts'
import type {
  BucketSight,
  Impact,
  VulnerabilityColumn,
  VulnerabilityFilter,
} from '../store/rows/finding-rows.ts'
import type { AssessedPackageView, BucketVulnerabilityView, VulnerabilitySummaryView } from '../views.ts'
import type { Scene } from './desk.ts'
import { findBucket } from './find.ts'
import { packageList, readPackageFilter } from './packages.ts'
import { showAssessed, showVulnerability } from './show-package.ts'

const day = 86_400_000

const vulnerabilities: List<VulnerabilityColumn> = {
  name: 'vulnerabilities',
  columns: {
    criticality: 'criticality',
    identifier: 'id',
    published_at: 'publishedAt',
    first_seen_at: 'seenAt',
  },
  types: { criticality: 'number', id: 'string', publishedAt: 'number', seenAt: 'number' },
  order: [
    { column: 'criticality', descending: true },
    { column: 'id', descending: false },
  ],
}

/** How many vulnerabilities the packages of the bucket's channels have. */
export async function summarize(scene: Scene, at: BucketAddress): Promise<VulnerabilitySummaryView> {
  const sight = await assessedBucket(scene, at)
  const { findings } = scene.rows
  const counted = new Map((await findings.totals(sight)).map((one) => [one.criticality, one]))
  return {
    channels: await findings.countByChannel(sight),
    packages: await findings.countByPackage(sight),
    totals: criticalities
      .map((_, criticality) => {
        const { count = 0, meanSeenAt, firstSeenAt = null } = counted.get(criticality) ?? {}
        const averageAgeDays = meanSeenAt === undefined ? 0 : Math.max(0, (scene.now - meanSeenAt) / day)
        return { criticality, count, averageAgeDays, firstSeenAt }
      })
      .reverse(),
  }
}

/** Packages of the bucket's channels that advisories mean, each with its vulnerabilities. */
export async function listVulnerablePackages(
  scene: Scene,
  at: BucketAddress,
  query: VulnerablePackageQuery,
): Promise<Page<AssessedPackageView>> {
  const [filter, window] = [readPackageFilter(query), granted(readPaging(packageList, query))]
  const wish = readFilter(query)
  const sight = await assessedBucket(scene, at)
  const found = await scene.rows.findings.vulnerablePackages(
    sight,
    { ...filter, vulnerabilities: wish },
    window,
  )
  const page = makePage(window, found, (one, column) => one[column])
  const items: AssessedPackageView[] = []
  for (const one of page.items) items.push(await showAssessed(scene, one, { projectId: at.projectId, wish }))
  return { ...page, items }
}

/** Advisories that mean packages of the bucket's channels, each once, with where these are. */
export async function listVulnerabilities(
  scene: Scene,
  at: BucketAddress,
  query: VulnerabilityQuery,
): Promise<Page<BucketVulnerabilityView>> {
  const [wish, window] = [readFilter(query), granted(readPaging(vulnerabilities, query))]
  const sight = await assessedBucket(scene, at)
  const { findings } = scene.rows
  const page = makePage(window, await findings.vulnerabilities(sight, wish, window), (one, column) =>
    column === 'publishedAt' ? (one.publishedAt ?? 0) : one[column],
  )
  const items: BucketVulnerabilityView[] = []
  for (const one of page.items) {
    const impacts = await findings.impacts(sight, one.key, lookupRows)
    items.push({ vulnerability: showVulnerability(one), ...impactsOf(impacts) })
  }
  return { ...page, items }
}

/** The bucket as the caller sees it, when there is anything that its packages could be held against. */
async function assessedBucket(scene: Scene, at: BucketAddress): Promise<BucketSight> {
  const bucket = await findBucket(scene, at)
  if ((await scene.rows.advisories.lastImport(at.projectId)) === null)
    throw new Refusal('advisory.none', { bucket: at.bucket })
  const restricted = includes(roleAt(scene.caller, at), 'contributor')
  return { project: at.projectId, bucket: bucket.id, restricted }
}

function readFilter({
  criticality = [],
  identifier = '',
  prefix = '',
}: VulnerabilityQuery): VulnerabilityFilter {
  obey(checkText('identifier', identifier, advisoryIdLength))
  obey(checkText('identifier_starts_with', prefix, advisoryIdLength))
  const words = criticality.slice(0, criticalities.length * 20).flatMap((word) => word.split(','))
  const ranks = words.filter((word) => word.trim() !== '').map(rank)
  return { criticalities: [...new Set(ranks)], identifier, prefix }
}

function rank(value: string): number {
  const found = rankOf(value)
  if (found !== undefined) return found
  const rule = 'Critical, High, Medium, Low or Unknown'
  throw new Refusal('name.malformed', { field: 'criticality', value, rule })
}

function impactsOf(impacts: readonly Impact[]): Omit<BucketVulnerabilityView, 'vulnerability'> {
  const builds = new Map(impacts.map((one) => [one.buildId, { id: one.buildId, name: one.componentType }]))
  const channels = new Map(
    impacts.map((one) => [one.channelId, { id: one.channelId, name: one.channelName }]),
  )
  const packages = new Map(
    impacts.map(({ name, version, purl }) => [`${name}\n${version}\n${purl}`, { name, version, purl }]),
  )
  return {
    ...{ builds: [...builds.values()], channels: [...channels.values()], packages: [...packages.values()] },
  }
}
