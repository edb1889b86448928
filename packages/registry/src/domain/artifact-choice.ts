import type { Build } from './build.ts'
import type { Labels } from './labels.ts'

/** An image of a version, with what tells it from the others. */
export interface Candidate {
  readonly externalIdentifier: string
  readonly platform: string
  readonly region: string
  readonly componentType: string
  readonly labels: Labels
  readonly buildId: string
}

/** What an image must be; what is absent does not matter. */
export interface ArtifactWish {
  readonly platform?: string
  readonly region?: string
  /** The component type of the build that made it. */
  readonly component?: string
  /** All of them must be on the build. */
  readonly labels?: Labels
}

type Maker = Pick<Build, 'id' | 'platform' | 'componentType' | 'labels'> & {
  readonly artifacts: readonly { readonly externalIdentifier: string; readonly region: string }[]
}

/** All images of builds, in the order of the builds. */
export function candidatesOf(builds: readonly Maker[]): Candidate[] {
  return builds.flatMap(({ id: buildId, platform, componentType, labels, artifacts }) =>
    artifacts.map(({ externalIdentifier, region }) => ({
      ...{ externalIdentifier, platform, region, componentType, labels, buildId },
    })),
  )
}

/** Those that are as wished. */
export function fitting(candidates: readonly Candidate[], wish: ArtifactWish): Candidate[] {
  const labels = Object.entries(wish.labels ?? {})
  const is = (wished: string | undefined, has: string) => wished === undefined || wished === has
  return candidates.filter(
    (each) =>
      is(wish.platform, each.platform) &&
      is(wish.region, each.region) &&
      is(wish.component, each.componentType) &&
      labels.every(([name, value]) => Object.hasOwn(each.labels, name) && each.labels[name] === value),
  )
}

/** An image in a sentence. */
export function candidateText({ externalIdentifier, platform, region, componentType }: Candidate): string {
  return [platform, region, externalIdentifier, `(${componentType})`].filter((part) => part !== '').join(' ')
}
