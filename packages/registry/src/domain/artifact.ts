import { artifactsPerBuild, externalIdentifierLength, regionLength } from './limits.ts'
import { Refusal } from './refusal.ts'
import { checkText } from './text.ts'
import type { Instant } from './time.ts'

/** One image, container or box of a build. */
export interface Artifact {
  readonly id: string
  /** The image's id on its platform; clients may leave it empty. */
  readonly externalIdentifier: string
  readonly region: string
  readonly createdAt: Instant
}

/** An artifact as its publisher names it. */
export interface ArtifactWords {
  readonly externalIdentifier: string
  readonly region: string
}

/** Refuses artifacts that are too many or too long. */
export function checkArtifacts(artifacts: readonly ArtifactWords[]): Refusal | undefined {
  if (artifacts.length > artifactsPerBuild)
    return new Refusal('list.too-long', { field: 'artifacts', limit: artifactsPerBuild })
  for (const { externalIdentifier, region } of artifacts) {
    const refusal =
      checkText('artifacts.external_identifier', externalIdentifier, externalIdentifierLength) ??
      checkText('artifacts.region', region, regionLength)
    if (refusal) return refusal
  }
  return undefined
}

/** Whether stored artifacts are those that a publisher names, in the same order. */
export function sameArtifacts(stored: readonly Artifact[], words: readonly ArtifactWords[]): boolean {
  return (
    stored.length === words.length &&
    stored.every(
      ({ externalIdentifier, region }, index) =>
        externalIdentifier === words[index]!.externalIdentifier && region === words[index]!.region,
    )
  )
}
