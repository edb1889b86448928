import type { Artifact } from './artifact.ts'
import type { Build } from './build.ts'
import type { Labels } from './labels.ts'

/** What a client says of the build that it looks for; an empty text says nothing. */
export interface LabelledWish {
  /** All of them must be on the build. */
  readonly labels: Labels
  readonly platform?: string
  /** The build must have an artifact there. */
  readonly region?: string
}

type Labelled = Pick<Build, 'labels' | 'platform' | 'updatedAt'> & { readonly artifacts: readonly Artifact[] }

/** The build that fits and was changed last, with its artifacts in the wanted region; none when none fits. */
export function newestLabelled<Found extends Labelled>(
  builds: readonly Found[],
  { labels, platform = '', region = '' }: LabelledWish,
): Found | undefined {
  const wanted = Object.entries(labels)
  const fitting = builds
    .filter((build) => platform === '' || build.platform === platform)
    .filter((build) => wanted.every(([key, value]) => hasLabel(build.labels, key, value)))
    .map((build) => ({ ...build, artifacts: build.artifacts.filter((one) => isIn(one, region)) }))
    .filter((build) => build.artifacts.length > 0)
  return fitting.toSorted((a, b) => b.updatedAt - a.updatedAt)[0]
}

function hasLabel(labels: Labels, key: string, value: string): boolean {
  return Object.hasOwn(labels, key) && labels[key] === value
}

function isIn(artifact: Artifact, region: string): boolean {
  return region === '' || artifact.region === region
}
