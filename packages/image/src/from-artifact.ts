import { ImageError, kindOf } from './error.ts'
import { type Image, image } from './image.ts'
import type { Override } from './overrides.ts'

/**
 * What an image can be taken from: two strings, as properties or getters. Where they come from calls, as those of an
 * artifact in another process do, make the calls first: `{ builderId: await a.builderId(), id: await a.id() }`.
 *
 * @example
 * import { type ArtifactIdentity, fromArtifact } from '@ingot/image'
 *
 * class Snapshot implements ArtifactIdentity {
 *   readonly builderId = 'happy-cloud'
 *   get id(): string {
 *     return 'snap-1'
 *   }
 * }
 *
 * fromArtifact(new Snapshot()).imageId // → 'snap-1'
 */
export interface ArtifactIdentity {
  readonly builderId: string
  readonly id: string
}

/**
 * The image of an artifact. Its provider is the artifact's builder id and its id the artifact's, unless the overrides,
 * which apply in order, say otherwise.
 *
 * @throws ImageError `artifact.absent` for null and undefined, `field.type` when a property is not a string; and
 * whatever an override throws.
 * @example
 * import { fromArtifact, withProvider, withRegion, withSourceId } from '@ingot/image'
 *
 * const artifact = { builderId: 'happy-cloud.builder', id: 'img-2' }
 *
 * fromArtifact(artifact, withProvider('happy-cloud'), withRegion('north'), withSourceId('img-1'))
 * // → { imageId: 'img-2', providerName: 'happy-cloud', providerRegion: 'north', labels: {}, sourceImageId: 'img-1' }
 */
export function fromArtifact(artifact: ArtifactIdentity, ...overrides: readonly Override[]): Image {
  if (artifact === null || artifact === undefined) {
    throw new ImageError(
      'artifact.absent',
      'artifact',
      'there is none; a build that made no image has no metadata',
    )
  }
  const own = image({
    imageId: property(artifact, 'id'),
    providerName: property(artifact, 'builderId'),
  })
  return overrides.reduce((result, override) => override(result), own)
}

function property(artifact: ArtifactIdentity, name: keyof ArtifactIdentity): string {
  const value: unknown = artifact[name]
  if (typeof value === 'string') return value
  const remedy = typeof value === 'function' ? '; call it and pass its result' : ''
  throw new ImageError('field.type', name, `an artifact has it as a string, not ${kindOf(value)}${remedy}`)
}
