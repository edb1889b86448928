import { ImageError, kindOf } from './error.ts'
import type { Image } from './image.ts'
import { isStringMap, type StringMap, stringMapEntries } from './string-map.ts'

/**
 * Changes an image on its way out of {@link fromArtifact}; any function of this shape will do.
 *
 * @example
 * import { fromArtifact, type Override } from '@ingot/image'
 *
 * const upperCaseId: Override = (image) => ({ ...image, imageId: image.imageId.toUpperCase() })
 *
 * fromArtifact({ builderId: 'happy-cloud', id: 'img-1' }, upperCaseId).imageId // → 'IMG-1'
 */
export type Override = (image: Image) => Image

/**
 * Sets the image id, where it is not the artifact's own id.
 *
 * @throws ImageError `field.type` when it is not a string.
 * @example
 * import { fromArtifact, withId } from '@ingot/image'
 *
 * fromArtifact({ builderId: 'aws', id: 'eu-west-1:ami-1' }, withId('ami-1')).imageId // → 'ami-1'
 */
export const withId = (id: string): Override => set('imageId', 'withId', id)

/**
 * Sets the provider, where it is not the artifact's builder id.
 *
 * @throws ImageError `field.type` when it is not a string.
 * @example
 * import { fromArtifact, withProvider } from '@ingot/image'
 *
 * fromArtifact({ builderId: 'my.builder', id: '1' }, withProvider('happy-cloud')).providerName // → 'happy-cloud'
 */
export const withProvider = (name: string): Override => set('providerName', 'withProvider', name)

/**
 * Sets the region.
 *
 * @throws ImageError `field.type` when it is not a string.
 * @example
 * import { fromArtifact, withRegion } from '@ingot/image'
 *
 * fromArtifact({ builderId: 'happy-cloud', id: '1' }, withRegion('north')).providerRegion // → 'north'
 */
export const withRegion = (region: string): Override => set('providerRegion', 'withRegion', region)

/**
 * Sets the id of the image that this one was made from.
 *
 * @throws ImageError `field.type` when it is not a string.
 * @example
 * import { fromArtifact, withSourceId } from '@ingot/image'
 *
 * fromArtifact({ builderId: 'happy-cloud', id: '2' }, withSourceId('1')).sourceImageId // → '1'
 */
export const withSourceId = (id: string): Override => set('sourceImageId', 'withSourceId', id)

/**
 * Adds labels to those that are there. Values that are not strings are dropped, as Go's package does, so a builder's
 * state can be given as it is.
 *
 * @throws ImageError `map.required` when it is neither a `Map` nor a plain object.
 * @example
 * import { fromArtifact, setLabels } from '@ingot/image'
 *
 * fromArtifact({ builderId: 'happy-cloud', id: '1' }, setLabels({ os: 'linux', cpus: 4 })).labels // → { os: 'linux' }
 */
export function setLabels(labels: StringMap<unknown>): Override {
  if (!isStringMap(labels)) {
    throw new ImageError(
      'map.required',
      'labels',
      `setLabels takes a map or plain object, not ${kindOf(labels)}`,
    )
  }
  const strings = stringMapEntries(labels).filter((entry) => entry.every((part) => typeof part === 'string'))
  return (image) => ({
    ...image,
    labels: Object.fromEntries([...Object.entries(image.labels), ...strings]) as Labels,
  })
}

type Labels = Image['labels']

function set(field: Exclude<keyof Image, 'labels'>, override: string, value: string): Override {
  if (typeof value !== 'string') {
    throw new ImageError(
      'field.type',
      field,
      `${override} takes a string, not ${kindOf(value)}; leave it out if there is none`,
    )
  }
  return (image) => ({ ...image, [field]: value })
}
