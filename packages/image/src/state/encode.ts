import { type ImageInput, image } from '../image.ts'

/**
 * The state key under which an artifact answers its image metadata, to Packer 1.7.7 and later.
 *
 * @example
 * import { ARTIFACT_STATE_URI } from '@ingot/image'
 *
 * ARTIFACT_STATE_URI // → 'par.artifact.metadata'
 */
export const ARTIFACT_STATE_URI = 'par.artifact.metadata'

/**
 * An image as it crosses the wire: Go's field names, exactly these five (Packer 1.7.7 and 1.7.8 refuse any other).
 *
 * @example
 * import { encodeImages, type ImageState } from '@ingot/image'
 *
 * const state: ImageState = encodeImages({ imageId: 'img-1', providerName: 'happy-cloud' })
 *
 * Object.keys(state) // → ['ImageID', 'ProviderName', 'ProviderRegion', 'Labels', 'SourceImageID']
 */
export interface ImageState {
  readonly ImageID: string
  readonly ProviderName: string
  readonly ProviderRegion: string
  readonly Labels: Readonly<Record<string, string>>
  readonly SourceImageID: string
}

/**
 * The state value of one image or of a list of them, for an artifact to answer {@link ARTIFACT_STATE_URI} with.
 * Packer's core takes either.
 *
 * @throws ImageError `field.type` when a field is not a string, or labels are not strings by string.
 * @example
 * import { ARTIFACT_STATE_URI, encodeImages, fromArtifact } from '@ingot/image'
 *
 * const artifact = {
 *   builderId: 'happy-cloud',
 *   id: 'img-1',
 *   state(name: string): unknown {
 *     return name === ARTIFACT_STATE_URI ? encodeImages(fromArtifact(this)) : undefined
 *   },
 * }
 *
 * artifact.state('par.artifact.metadata')
 * // → { ImageID: 'img-1', ProviderName: 'happy-cloud', ProviderRegion: '', Labels: {}, SourceImageID: '' }
 */
export function encodeImages(image: ImageInput): ImageState
export function encodeImages(images: readonly ImageInput[]): ImageState[]
export function encodeImages(images: ImageInput | readonly ImageInput[]): ImageState | ImageState[] {
  return Array.isArray(images) ? images.map(encode) : encode(images as ImageInput)
}

function encode(input: ImageInput): ImageState {
  const { imageId, providerName, providerRegion, labels, sourceImageId } = image(input)
  return {
    ImageID: imageId,
    ProviderName: providerName,
    ProviderRegion: providerRegion,
    Labels: labels,
    SourceImageID: sourceImageId,
  }
}
