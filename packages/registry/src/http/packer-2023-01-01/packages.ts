import { criticalities } from '../../domain/criticality.ts'
import type { PackageQuery } from '../../inputs.ts'
import type { AssessedPackageView, PackageView, SbomView, VulnerabilityView } from '../../views.ts'
import { given, sortedPaging } from './decode.ts'
import { dateTime } from './encode.ts'
import { sbomFormatWord } from './words.ts'

interface Filter {
  readonly package_name?: string
  readonly package_name_starts_with?: string
  readonly package_version?: string
}

export function packageQuery(query: Filter & Parameters<typeof sortedPaging>[0]): PackageQuery {
  return {
    ...sortedPaging(query),
    ...given({
      name: query.package_name,
      nameStartsWith: query.package_name_starts_with,
      version: query.package_version,
    }),
  }
}

/** A bill of materials as a client sees it. */
export function sbom({ id, name, format }: SbomView) {
  return { id, name, format: sbomFormatWord[format] }
}

/** A package as a client sees it, with its vulnerabilities when it was held against advisories. */
export function onePackage(view: PackageView | AssessedPackageView) {
  return {
    ...{ name: view.name, version: view.version, purl: view.purl },
    ...{ build_id: view.buildId, build_name: view.componentType },
    ...{ channel_id: view.channelId, channel_name: view.channelName },
    sboms: view.sboms.map(sbom),
    ...('scannedAt' in view && { vuln_details: assessment(view) }),
  }
}

/** What is known of a package that was held against advisories. */
function assessment({ scannedAt, vulnerabilities }: AssessedPackageView) {
  const last_scanned_at = scannedAt === null ? null : dateTime(scannedAt)
  return [{ last_scanned_at, vulnerabilities: vulnerabilities.map(vulnerability) }]
}

const descriptionLength = 1000

/** A vulnerability of a package: those that were withdrawn are none. */
export function vulnerability(view: VulnerabilityView) {
  return {
    ...{ identifier: view.id, criticality: criticalities[view.criticality]!, severity: view.severity },
    description: view.summary || view.details.slice(0, descriptionLength).toWellFormed(),
    ...{ fixed_version: view.fixedVersion },
    ...{ refers_to: view.refersTo.join(','), related: view.related.join(',') },
    first_seen_at: dateTime(view.firstSeenAt),
    published_at: view.publishedAt === null ? null : dateTime(view.publishedAt),
    ...{ resolved_at: null, withdrawn_at: null },
  }
}
