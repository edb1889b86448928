import { excerpt, ImageError, kindOf } from './error.ts'
import { isStringMap, stringMapEntries } from './string-map.ts'

/**
 * What a registry records about one machine image. The names on the wire are Go's (`ImageID` …): see
 * {@link encodeImages}.
 *
 * @example
 * import type { Image } from '@ingot/image'
 *
 * const regionsOf = (images: readonly Image[]): string[] => images.map((image) => image.providerRegion)
 *
 * regionsOf([]) // → []
 */
export interface Image {
  /** The image's id at its provider, such as `ami-0a1b2c3d`; compulsory. */
  readonly imageId: string
  /** The platform that has the image, such as `aws`; compulsory. */
  readonly providerName: string
  /** Where at the provider; empty where it has no regions. */
  readonly providerRegion: string
  /** Free information; a registry keeps it with the build, not the single image. */
  readonly labels: Readonly<Record<string, string>>
  /** The id of the image that this one was made from, byte for byte as published: it links child to parent. */
  readonly sourceImageId: string
}

/**
 * An {@link Image} as authors write it: only the compulsory fields must be given.
 *
 * @example
 * import type { ImageInput } from '@ingot/image'
 *
 * const built: ImageInput = { imageId: 'ami-1', providerName: 'aws', labels: { os: 'linux' } }
 *
 * built.providerRegion // → undefined
 */
export type ImageInput = Pick<Image, 'imageId' | 'providerName'> & Partial<Image>

/**
 * Completes an image: what is not given is empty, as in Go. Checks types, not content; that is {@link validate}'s.
 *
 * @throws ImageError `field.type` when a field is not a string, or labels are not strings by string.
 * @example
 * import { image } from '@ingot/image'
 *
 * image({ imageId: 'ami-1', providerName: 'aws' })
 * // → { imageId: 'ami-1', providerName: 'aws', providerRegion: '', labels: {}, sourceImageId: '' }
 */
export function image(input: ImageInput): Image {
  return {
    imageId: text('imageId', input.imageId),
    providerName: text('providerName', input.providerName),
    providerRegion: text('providerRegion', input.providerRegion ?? ''),
    labels: labels(input.labels ?? {}),
    sourceImageId: text('sourceImageId', input.sourceImageId ?? ''),
  }
}

/**
 * An image in one line, in the words of Go's package; two images with the same line are one to Packer's core.
 *
 * @example
 * import { image, toString } from '@ingot/image'
 *
 * toString(image({ imageId: 'ami-1', providerName: 'aws', providerRegion: 'eu-west-1' }))
 * // → 'provider:aws, image:ami-1, region:eu-west-1'
 */
// biome-ignore lint/suspicious/noShadowRestrictedNames: it is the name that the contract gives it
export function toString({ providerName, imageId, providerRegion = '' }: ImageInput): string {
  return `provider:${providerName}, image:${imageId}, region:${providerRegion}`
}

/** The value as a string, or an error that names the field. */
function text(field: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new ImageError('field.type', field, `must be a string, not ${kindOf(value)}`)
}

function labels(value: unknown): Readonly<Record<string, string>> {
  if (!isStringMap(value)) throw new ImageError('field.type', 'labels', `must be a map, not ${kindOf(value)}`)
  const entries = stringMapEntries(value).map(([key, label]) => [
    key,
    text(`labels[${excerpt(String(key))}]`, label),
  ])
  return Object.fromEntries(entries)
}
