import type { BucketAddress, BuildAddress, ProjectAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page } from '../domain/page.ts'
import type { NewSbom, PackageQuery, PackageSearch, VersionPair } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import { compareVersions } from '../operations/package-comparison.ts'
import { searchPackages } from '../operations/package-search.ts'
import * as packages from '../operations/packages.ts'
import { download, downloadTicket } from '../operations/sbom-download.ts'
import * as sboms from '../operations/sboms.ts'
import type {
  PackageComparisonView,
  PackageSearchView,
  PackageView,
  SbomDocumentView,
  SbomView,
} from '../views.ts'

/** Bills of materials of builds, and the packages that they name. */
export class Sboms {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Takes one in the place of one of the same name. Refused once the build is over, unless it is marked as late. */
  upload(caller: Caller, at: BuildAddress, sbom: NewSbom): Promise<SbomView> {
    return sboms.keepSbom(this.#desk, { request: { caller, action: 'sbom.upload', at }, at, sbom })
  }
  /** Oldest first. */
  list(caller: Caller, at: BuildAddress): Promise<readonly SbomView[]> {
    return this.#desk.look({ caller, action: 'sbom.list', at }, (scene) => sboms.listSboms(scene, at))
  }
  /** A word that opens the document to whoever has it, for a quarter of an hour. */
  async ticket(caller: Caller, at: BuildAddress, name: string): Promise<{ sbom: SbomView; ticket: string }> {
    const request = { caller, action: 'sbom.read', at }
    const sbom = await this.#desk.look(request, (scene) => sboms.getSbom(scene, at, name))
    return { sbom, ticket: downloadTicket(this.#desk, sbom) }
  }
  /** The document behind a ticket. */
  download(ticket: string): Promise<SbomDocumentView> {
    return download(this.#desk, ticket)
  }
  packagesOfBuild(caller: Caller, at: BuildAddress, query: PackageQuery): Promise<Page<PackageView>> {
    return this.#desk.look({ caller, action: 'package.list', at }, (scene) =>
      packages.listBuildPackages(scene, at, query),
    )
  }
  /** Of the versions that the bucket's channels point at. */
  packagesOfBucket(caller: Caller, at: BucketAddress, query: PackageQuery): Promise<Page<PackageView>> {
    return this.#desk.look({ caller, action: 'package.list', at }, (scene) =>
      packages.listBucketPackages(scene, at, query),
    )
  }
  /** Where a package is whose version lies in a range. */
  search(caller: Caller, at: ProjectAddress, wish: PackageSearch): Promise<PackageSearchView> {
    return this.#desk.look({ caller, action: 'package.search', at, reach: 'any' }, (scene) =>
      searchPackages(scene, at, wish),
    )
  }
  /** What came, went and changed between two versions. */
  compare(caller: Caller, at: BucketAddress, pair: VersionPair): Promise<PackageComparisonView> {
    const request = { caller, action: 'package.compare', at }
    return compareVersions(this.#desk, { request, at, pair })
  }
  /** Removes what was begun and never completed; answers how many. */
  removeAbandoned(): Promise<number> {
    return sboms.removeAbandoned(this.#desk)
  }
}
