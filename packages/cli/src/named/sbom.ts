import type { Build, BuildPlace, Client, Sbom, Version } from '@ingot/client'
import { NotFoundError } from '../explain.ts'
import { versionCalled } from './version.ts'

/** A bill of materials and the build that it is of. */
export interface NamedSbom {
  readonly at: BuildPlace
  readonly component: string
  readonly sbom: Sbom
}

/** Those of all builds of a version. */
export async function sbomsOf(client: Client, bucket: string, word: string): Promise<readonly NamedSbom[]> {
  const version = await versionCalled(client, bucket, word)
  const found: NamedSbom[] = []
  for (const build of version.builds) {
    const at = placeOf(version, build)
    const sboms = await client.sboms.list(at)
    found.push(...sboms.map((sbom) => ({ at, component: build.component_type, sbom })))
  }
  return found
}

/**
 * One of a version by its name, or the only one; of one build when that is named.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function sbomCalled(client: Client, words: SbomWords): Promise<NamedSbom> {
  const { bucket, version, name, build } = words
  const all = await sbomsOf(client, bucket, version)
  const fitting = all.filter(
    ({ at, component, sbom }) =>
      (name === undefined || sbom.name === name || sbom.id === name) &&
      (build === undefined || component === build || at.buildId === build),
  )
  if (fitting.length === 1) return fitting[0]!
  const known = all.map(({ component, sbom }) => `${sbom.name} (--build ${component})`).join(', ') || 'none'
  const problem = fitting.length === 0 ? 'no such bill of materials' : 'several bills of materials that fit'
  throw new NotFoundError(`${bucket} ${version} has ${problem}. It has ${known}.`)
}

export interface SbomWords {
  readonly bucket: string
  readonly version: string
  readonly name?: string | undefined
  readonly build?: string | undefined
}

export function placeOf({ bucket_name: bucket, fingerprint }: Version, { id: buildId }: Build): BuildPlace {
  return { bucket, fingerprint, buildId }
}
