import type { Version } from '@ingot/client'
import { EngineError } from './errors.ts'

/** One image as the registry knows it. */
export interface PublishedArtifact {
  /** The provider's id, for example `ami-0a1…`. */
  readonly imageId: string
  readonly platform: string
  /** Empty where the image has none. */
  readonly region: string
  /** The build that made it, for example `amazon-ebs.ubuntu`. */
  readonly component: string
  readonly labels: Readonly<Record<string, string>>
}

/** What an artifact must be; what is absent does not matter. */
export interface ArtifactWish {
  readonly platform?: string
  readonly region?: string
  readonly component?: string
  /** All of them must be on the build that made it. */
  readonly labels?: Readonly<Record<string, string>>
}

/** All artifacts of a version's builds, in the registry's order. */
export function artifactsOf(version: Version): readonly PublishedArtifact[] {
  return version.builds.flatMap((build) =>
    build.artifacts.map((artifact) => ({
      imageId: artifact.external_identifier,
      platform: build.platform,
      region: artifact.region,
      component: build.component_type,
      labels: build.labels,
    })),
  )
}

/** Artifacts to choose from stand in `candidates`, for a program to show. */
export class ArtifactChoiceError extends EngineError {
  override readonly name = 'ArtifactChoiceError'
  readonly candidates: readonly PublishedArtifact[]

  constructor(
    code: 'artifact.absent' | 'artifact.ambiguous',
    what: string,
    candidates: readonly PublishedArtifact[],
  ) {
    super(code, what, { details: candidates.map(artifactLine) })
    this.candidates = candidates
  }
}

/**
 * The one artifact that is wished for.
 *
 * @throws ArtifactChoiceError `artifact.absent` with all artifacts there are, or `artifact.ambiguous` with those that match
 */
export function chooseArtifact(
  artifacts: readonly PublishedArtifact[],
  wish: ArtifactWish,
): PublishedArtifact {
  const matches = artifacts.filter((artifact) => isWished(artifact, wish))
  const [only, ...more] = matches
  if (only && more.length === 0) return only
  if (only) {
    throw new ArtifactChoiceError(
      'artifact.ambiguous',
      `${matches.length} artifacts match; say which.`,
      matches,
    )
  }
  const known =
    artifacts.length === 0 ? 'The version has no artifacts at all.' : 'Choose one that the version has.'
  throw new ArtifactChoiceError(
    'artifact.absent',
    `No artifact matches ${wishText(wish)}. ${known}`,
    artifacts,
  )
}

function isWished(artifact: PublishedArtifact, wish: ArtifactWish): boolean {
  const wished = (name: keyof typeof artifact & keyof Omit<ArtifactWish, 'labels'>) =>
    wish[name] === undefined || wish[name] === artifact[name]
  const labelled = Object.entries(wish.labels ?? {}).every(
    ([name, value]) => Object.hasOwn(artifact.labels, name) && artifact.labels[name] === value,
  )
  return wished('platform') && wished('region') && wished('component') && labelled
}

function wishText({ labels = {}, ...wish }: ArtifactWish): string {
  const parts = Object.entries(wish).flatMap(([name, value]) =>
    value === undefined ? [] : `${name} ${value}`,
  )
  const named = Object.entries(labels).map(([name, value]) => `label ${name}=${value}`)
  return [...parts, ...named].join(', ') || 'the request'
}

function artifactLine({ platform, region, imageId, component }: PublishedArtifact): string {
  return [platform, region, imageId, `(${component})`].filter((part) => part !== '').join(' ')
}
