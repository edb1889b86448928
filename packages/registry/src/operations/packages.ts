import { roleAt } from '../domain/access.ts'
import type { BucketAddress, BuildAddress } from '../domain/address.ts'
import { includes } from '../domain/caller.ts'
import { packageTextLength } from '../domain/limits.ts'
import { type List, makePage, type Page, readPaging } from '../domain/page.ts'
import { granted, obey } from '../domain/refusal.ts'
import { checkText } from '../domain/text.ts'
import type { PackageQuery } from '../inputs.ts'
import type { FoundPackage, PackageColumn, PackageFilter } from '../store/rows/package-rows.ts'
import type { PackageView } from '../views.ts'
import type { Scene } from './desk.ts'
import { findBucket, findBuild } from './find.ts'
import { showAssessed, showPackage } from './show-package.ts'

/** How packages are listed. */
export const packageList: List<PackageColumn> = {
  name: 'packages',
  columns: { name: 'name', version: 'version', purl: 'purl' },
  types: { name: 'string', version: 'string', purl: 'string', buildId: 'string', channelId: 'string' },
  order: [
    { column: 'name', descending: false },
    { column: 'version', descending: false },
    { column: 'purl', descending: false },
    { column: 'buildId', descending: false },
    { column: 'channelId', descending: false },
  ],
}

/** What the bills of materials of a build name. */
export async function listBuildPackages(
  scene: Scene,
  at: BuildAddress,
  query: PackageQuery,
): Promise<Page<PackageView>> {
  const [filter, window] = [readPackageFilter(query), granted(readPaging(packageList, query))]
  const { build } = await findBuild(scene, at)
  const found = await scene.rows.packages.ofBuild(build.id, filter, window)
  return show(
    scene,
    at,
    makePage(window, found, (one, column) => one[column]),
  )
}

/** The same of the versions that the channels of a bucket point at, as far as the caller may see them. */
export async function listBucketPackages(
  scene: Scene,
  at: BucketAddress,
  query: PackageQuery,
): Promise<Page<PackageView>> {
  const [filter, window] = [readPackageFilter(query), granted(readPaging(packageList, query))]
  const bucket = await findBucket(scene, at)
  const restricted = includes(roleAt(scene.caller, at), 'contributor')
  const found = await scene.rows.packages.ofBucket(bucket.id, { ...filter, restricted }, window)
  return show(
    scene,
    at,
    makePage(window, found, (one, column) => one[column]),
  )
}

export function readPackageFilter({
  name = '',
  nameStartsWith = '',
  version = '',
}: PackageQuery): PackageFilter {
  const texts = { package_name: name, package_name_starts_with: nameStartsWith, package_version: version }
  for (const [field, text] of Object.entries(texts)) obey(checkText(field, text, packageTextLength))
  return { name, prefix: nameStartsWith, packageVersion: version }
}

/** With vulnerabilities where advisories were imported. */
async function show(scene: Scene, at: BucketAddress, page: Page<FoundPackage>): Promise<Page<PackageView>> {
  const { projectId } = at
  const isAssessed = (await scene.rows.advisories.lastImport(projectId)) !== null
  const items: PackageView[] = []
  for (const one of page.items)
    items.push(await (isAssessed ? showAssessed(scene, one, { projectId }) : showPackage(scene, one)))
  return { ...page, items }
}
