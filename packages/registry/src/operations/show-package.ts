import { lookupRows } from '../domain/limits.ts'
import type { FoundVulnerability, VulnerabilityFilter } from '../store/rows/finding-rows.ts'
import type { FoundPackage } from '../store/rows/package-rows.ts'
import type { AssessedPackageView, PackageView, VulnerabilityView } from '../views.ts'
import type { Scene } from './desk.ts'

interface Assessing {
  readonly projectId: string
  /** Which vulnerabilities are shown; all when absent. */
  readonly wish?: VulnerabilityFilter
}

const every: VulnerabilityFilter = { criticalities: [], identifier: '', prefix: '' }

/** With the bills of materials that name it. */
export async function showPackage({ rows }: Scene, found: FoundPackage): Promise<PackageView> {
  const { packageId, ...view } = found
  return { ...view, sboms: await rows.sboms.naming(view.buildId, packageId) }
}

/** With its vulnerabilities, the worst first. */
export async function showAssessed(
  scene: Scene,
  found: FoundPackage,
  { projectId, wish = every }: Assessing,
): Promise<AssessedPackageView> {
  const view = await showPackage(scene, found)
  const { findings } = scene.rows
  const since = Math.min(...view.sboms.map(({ createdAt }) => createdAt))
  const vulnerabilities = await findings.ofPackage(projectId, found.packageId, { ...wish, limit: lookupRows })
  return {
    ...view,
    scannedAt: await findings.scannedAt(projectId, found.packageId),
    vulnerabilities: vulnerabilities.map((one) =>
      showVulnerability({ ...one, seenAt: Math.max(one.seenAt, since) }),
    ),
  }
}

export function showVulnerability({ aliases, seenAt, ...one }: FoundVulnerability): VulnerabilityView {
  return { ...one, refersTo: aliases, firstSeenAt: seenAt }
}
