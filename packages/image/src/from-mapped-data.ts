import { ImageError, kindOf } from './error.ts'
import { type Image, type ImageInput, image } from './image.ts'
import { isStringMap, type StringMap, stringMapEntries } from './string-map.ts'

/**
 * One image for each entry of a map, in the map's order: for builders that copy an image to many regions.
 *
 * @throws ImageError `map.required` when the data is neither a `Map` nor a plain object, `field.type` when the function
 * returns no image; and whatever the function throws, at the first entry for which it does.
 * @example
 * import { fromMappedData } from '@ingot/image'
 *
 * const amis = { 'eu-west-1': 'ami-1', 'us-east-1': 'ami-2' }
 *
 * const images = fromMappedData(amis, (region, ami) => ({ imageId: ami, providerName: 'aws', providerRegion: region }))
 * images.map((image) => image.imageId) // → ['ami-1', 'ami-2']
 */
export function fromMappedData<V>(
  map: StringMap<V>,
  toImage: (key: string, value: V) => ImageInput,
): Image[] {
  if (!isStringMap(map)) {
    throw new ImageError(
      'map.required',
      'map',
      `fromMappedData takes a map or plain object, not ${kindOf(map)}`,
    )
  }
  return stringMapEntries(map).map(([key, value]) => image(toImage(key, value)))
}
