import type { BucketAddress, ProjectAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page } from '../domain/page.ts'
import type { AdvisoryQuery, VulnerabilityQuery, VulnerablePackageQuery } from '../inputs.ts'
import * as advisories from '../operations/advisories.ts'
import type { Desk } from '../operations/desk.ts'
import * as vulnerabilities from '../operations/vulnerabilities.ts'
import type {
  AdvisoryStatusView,
  AdvisoryView,
  AssessedPackageView,
  BucketVulnerabilityView,
  ImportView,
  VulnerabilitySummaryView,
} from '../views.ts'

/** Advisories of a project, and what they mean for the packages of its buckets. */
export class Advisories {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Takes those that are new or newer than what is here; each in the form of OSV. */
  import(caller: Caller, at: ProjectAddress, sent: readonly unknown[]): Promise<ImportView> {
    const request = { caller, action: 'advisory.import', at, needs: 'admin' } as const
    return advisories.importAdvisories(this.#desk, { request, at, sent })
  }
  list(
    caller: Caller,
    at: ProjectAddress,
    query: AdvisoryQuery,
  ): Promise<Page<Omit<AdvisoryView, 'affected'>>> {
    return this.#desk.look({ caller, action: 'advisory.list', at }, (scene) =>
      advisories.listAdvisories(scene, at, query),
    )
  }
  get(caller: Caller, at: ProjectAddress, id: string): Promise<AdvisoryView> {
    return this.#desk.look({ caller, action: 'advisory.read', at }, (scene) =>
      advisories.getAdvisory(scene, at, id),
    )
  }
  status(caller: Caller, at: ProjectAddress): Promise<AdvisoryStatusView> {
    return this.#desk.look({ caller, action: 'advisory.status', at }, (scene) =>
      advisories.advisoryStatus(scene, at),
    )
  }
  /** Refused where no advisories were imported; so are the next two. */
  summary(caller: Caller, at: BucketAddress): Promise<VulnerabilitySummaryView> {
    return this.#desk.look({ caller, action: 'vulnerability.summarize', at }, (scene) =>
      vulnerabilities.summarize(scene, at),
    )
  }
  vulnerablePackages(
    caller: Caller,
    at: BucketAddress,
    query: VulnerablePackageQuery,
  ): Promise<Page<AssessedPackageView>> {
    return this.#desk.look({ caller, action: 'vulnerability.list', at }, (scene) =>
      vulnerabilities.listVulnerablePackages(scene, at, query),
    )
  }
  vulnerabilities(
    caller: Caller,
    at: BucketAddress,
    query: VulnerabilityQuery,
  ): Promise<Page<BucketVulnerabilityView>> {
    return this.#desk.look({ caller, action: 'vulnerability.list', at }, (scene) =>
      vulnerabilities.listVulnerabilities(scene, at, query),
    )
  }
}
