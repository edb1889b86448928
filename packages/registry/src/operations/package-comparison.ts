import type { Request } from '../audit/event.ts'
import type { BucketAddress } from '../domain/address.ts'
import { comparedPackages } from '../domain/limits.ts'
import { comparePackages } from '../domain/package-changes.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Package } from '../domain/sbom.ts'
import { type VersionStanding, versionName } from '../domain/version.ts'
import type { VersionPair } from '../inputs.ts'
import type { PackageComparisonView } from '../views.ts'
import type { Desk, Scene } from './desk.ts'
import { findBucket, versionCalled } from './find.ts'

/** Packages that one look reads: nobody else is answered meanwhile. */
const readAtOnce = 2000

interface Comparing {
  readonly request: Request
  readonly at: BucketAddress
  readonly pair: VersionPair
}

/** A version, and the builds of it that have bills of materials, by component. */
interface Side {
  readonly version: VersionStanding
  readonly builds: ReadonlyMap<string, string>
}

/** What came, went and changed between the bills of materials of two versions, component by component. */
export async function compareVersions(
  desk: Desk,
  { request, at, pair }: Comparing,
): Promise<PackageComparisonView> {
  const { from, to } = await desk.look(request, async (scene) => ({
    from: await readSide(scene, at, pair.from),
    to: await readSide(scene, at, pair.to),
  }))
  const names = new Set([...from.builds.keys(), ...to.builds.keys()])
  const components: PackageComparisonView['components'][number][] = []
  for (const componentType of [...names].sort()) {
    const [before, after] = [from.builds.get(componentType), to.builds.get(componentType)]
    const changes = comparePackages(await packagesOf(desk, before), await packagesOf(desk, after))
    const { added, removed, changed } = changes
    components.push({
      componentType,
      described:
        before !== undefined && after !== undefined ? 'both' : before === undefined ? 'after' : 'before',
      ...{ added: added.slice(0, comparedPackages), removed: removed.slice(0, comparedPackages) },
      ...{ changed: changed.slice(0, comparedPackages) },
      counts: { added: added.length, removed: removed.length, changed: changed.length },
    })
  }
  return { from: nameOf(from.version), to: nameOf(to.version), components }
}

async function readSide(scene: Scene, at: BucketAddress, word: string): Promise<Side> {
  if (word === '') throw new Refusal('request.malformed', { problem: 'from and to must name two versions' })
  const version = await versionCalled(scene, await findBucket(scene, at), word)
  const builds = new Map<string, string>()
  for (const { id, componentType } of await scene.rows.builds.ofVersion(version.id))
    if ((await scene.rows.sboms.ofBuild(id)).length > 0) builds.set(componentType, id)
  if (builds.size === 0) throw new Refusal('sbom.none', { version: word })
  return { version, builds }
}

async function packagesOf({ store }: Desk, build: string | undefined): Promise<readonly Package[]> {
  if (build === undefined) return []
  const found: Package[] = []
  for (let last = 0; ; ) {
    const some = await store.read((rows) => rows.packages.after(build, last, readAtOnce))
    found.push(...some)
    if (some.length < readAtOnce) return found
    last = some.at(-1)!.id
  }
}

function nameOf({ number, fingerprint }: VersionStanding) {
  return { name: versionName(number), fingerprint }
}
