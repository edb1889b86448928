import { operation } from '../operation.ts'
import { dateTime, double, int64, list, nullable, object, string } from '../schema.ts'
import { Sbom } from './models.ts'
import { PackagePaging, Pagination, VulnerabilityPaging, VulnerablePackagePaging } from './paging.ts'
import { project } from './project-path.ts'

const bucket = `${project}/buckets/:bucket_name` as const

const Vulnerability = object({
  identifier: string,
  criticality: string,
  severity: string,
  description: string,
  fixed_version: string,
  refers_to: string,
  related: string,
  first_seen_at: nullable(dateTime),
  published_at: nullable(dateTime),
  resolved_at: nullable(dateTime),
  withdrawn_at: nullable(dateTime),
})

const Package = object(
  {
    name: string,
    version: string,
    purl: string,
    build_id: string,
    build_name: string,
    channel_id: string,
    channel_name: string,
    sboms: list(Sbom),
  },
  {
    vuln_details: list(object({ last_scanned_at: nullable(dateTime), vulnerabilities: list(Vulnerability) })),
  },
)

const packages = object({ packages: list(Package), pagination: Pagination })
const Named = object({ id: string, name: string })

/** Packages that the bills of materials of a build name. */
export const listBuildPackages = operation({
  id: 'PackerService_ListBuildPackages',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${bucket}/versions/:fingerprint/builds/:build_id/packages`,
  query: PackagePaging,
  reply: packages,
  seenFrom: [],
})

/** The same for the versions that channels of the bucket point at. */
export const listBucketPackages = operation({
  id: 'PackerService_ListBucketPackages',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${bucket}/packages`,
  query: PackagePaging,
  reply: packages,
  seenFrom: [],
})

/** How many vulnerabilities the packages of a bucket have, by channel and criticality. */
export const listBucketPackagesVulnerabilitySummary = operation({
  id: 'PackerService_ListBucketPackagesVulnerabilitySummary',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${bucket}/packages/vulnerability-summary`,
  reply: object({
    channels_by_criticality: list(
      object({ channel_id: string, channel_name: string, criticality: string, vulnerability_count: int64 }),
    ),
    packages_by_criticality: list(
      object({
        package_name: string,
        package_version: string,
        package_purl: string,
        criticality: string,
        vulnerability_count: int64,
      }),
    ),
    total_by_criticality: list(
      object({
        criticality: string,
        vulnerability_count: int64,
        average_age_days_for_criticality: double,
        first_seen_at: string,
      }),
    ),
  }),
  seenFrom: [],
})

/** The packages of a bucket that have vulnerabilities. */
export const listBucketPackagesWithVulnerabilities = operation({
  id: 'PackerService_ListBucketPackagesWithVulnerabilities',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${bucket}/packages/with-vulnerabilities`,
  query: VulnerablePackagePaging,
  reply: packages,
  seenFrom: [],
})

/** The vulnerabilities of the packages of a bucket. */
export const listBucketVulnerabilities = operation({
  id: 'PackerService_ListBucketVulnerabilities',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${bucket}/vulnerabilities`,
  query: VulnerabilityPaging,
  reply: object({
    vulnerabilities: list(
      object({
        vulnerability: Vulnerability,
        impacted_builds: list(Named),
        impacted_channels: list(Named),
        impacted_packages: list(object({ name: string, version: string, purl: string })),
      }),
    ),
    pagination: Pagination,
  }),
  seenFrom: [],
})
