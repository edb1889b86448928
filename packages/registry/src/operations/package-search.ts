import { roleAt } from '../domain/access.ts'
import type { BucketAddress, ProjectAddress } from '../domain/address.ts'
import { sees } from '../domain/channel.ts'
import { orderOfPurl } from '../domain/ecosystem.ts'
import { lookupRows, packageTextLength, searchedVersions } from '../domain/limits.ts'
import { isInRange, readRange } from '../domain/package-range.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import type { Package } from '../domain/sbom.ts'
import { checkText } from '../domain/text.ts'
import { versionName } from '../domain/version.ts'
import type { PackageSearch } from '../inputs.ts'
import type { PackageSearchView } from '../views.ts'
import type { Scene } from './desk.ts'
import { enter } from './find.ts'

type Place = Omit<PackageSearchView['places'][number], 'channels'> & { readonly versionId: string }

/**
 * Where a package is whose version lies in a range. The dictionary of packages is asked first, so that the bills of materials are
 * looked at for those only that fit.
 */
export async function searchPackages(
  scene: Scene,
  at: ProjectAddress,
  { name, range }: PackageSearch,
): Promise<PackageSearchView> {
  obey(checkText('name', name, packageTextLength))
  if (name === '')
    throw new Refusal('name.malformed', { field: 'name', value: '', rule: 'the name of a package' })
  obey(checkText('range', range, packageTextLength))
  const wanted = granted(readRange(range))
  await enter(scene, at)
  const known = await scene.rows.packages.named(name, searchedVersions + 1)
  const fitting = known.filter(({ version, purl }) => isInRange(version, wanted, orderOfPurl(purl)))
  const found = await placesOf(scene, at, fitting)
  const whole = found.length <= lookupRows && known.length <= searchedVersions
  const places: PackageSearchView['places'][number][] = []
  const channels = new Map<string, readonly string[]>()
  for (const { versionId, ...place } of found.slice(0, lookupRows).sort(byPlace)) {
    const names =
      channels.get(versionId) ?? (await channelsOf(scene, { ...at, bucket: place.bucketName }, versionId))
    channels.set(versionId, names)
    places.push({ ...place, channels: names })
  }
  return { places, whole }
}

/** In buckets that the caller may look into; one more than are shown, when there are so many. */
async function placesOf(
  { rows, now, caller }: Scene,
  at: ProjectAddress,
  packages: readonly (Package & { readonly id: number })[],
): Promise<Place[]> {
  const found = new Map<string, Place>()
  for (const { id, ...one } of packages) {
    if (found.size > lookupRows) break
    for (const { number, revokeAt, ...place } of await rows.packages.places(at.projectId, id, lookupRows + 1))
      if (roleAt(caller, { ...at, bucket: place.bucketName }))
        found.set(`${id} ${place.buildId}`, {
          ...{ ...place, package: one, number, versionName: versionName(number) },
          revoked: revokeAt !== null && revokeAt <= now,
        })
  }
  return [...found.values()]
}

async function channelsOf(
  { rows, caller }: Scene,
  at: BucketAddress,
  version: string,
): Promise<readonly string[]> {
  const role = roleAt(caller, at)
  const channels = await rows.channels.ofVersion(version)
  return channels.filter((channel) => sees(role, channel)).map(({ name }) => name)
}

/** By bucket, the newest version first. */
function byPlace(a: Place, b: Place): number {
  return (
    a.bucketName.localeCompare(b.bucketName, 'en') ||
    b.number - a.number ||
    a.fingerprint.localeCompare(b.fingerprint, 'en') ||
    a.componentType.localeCompare(b.componentType, 'en') ||
    a.package.version.localeCompare(b.package.version, 'en')
  )
}
