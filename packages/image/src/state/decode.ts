import { ImageError, kindOf } from '../error.ts'
import { type Image, image } from '../image.ts'
import { isStringMap, type StringMap } from '../string-map.ts'
import { decodeLabels } from './labels.ts'
import { type Dropped, matchFields } from './match-fields.ts'
import { weakString } from './weak-string.ts'

/**
 * What {@link decodeImages} makes of a state value.
 *
 * @example
 * import { type DecodedImages, decodeImages } from '@ingot/image'
 *
 * const decoded: DecodedImages = decodeImages(undefined)
 *
 * decoded // → { images: [], dropped: [] }
 */
export interface DecodedImages {
  readonly images: readonly Image[]
  readonly dropped: readonly Dropped[]
}

/**
 * Reads the answer to {@link ARTIFACT_STATE_URI}, as weakly as Packer's core since 1.7.10 (mapstructure 1.5 with weak
 * types): one image or a list of them; field names in any case; numbers, booleans and bytes where strings belong;
 * null for what is empty; keys that name no field are dropped, and the result says so. `{}`, `[]`, null and undefined
 * hold no images. Maps may be `Map`s or plain objects. The images may still be incomplete: {@link validate} them.
 *
 * @throws ImageError `state.undecodable`, naming the place, for what core does not take either: a string or number for
 * an image, a map or list for a string, a map inside labels.
 * @example
 * import { decodeImages } from '@ingot/image'
 *
 * const { images, dropped } = decodeImages({ imageid: 'ami-1', ProviderName: 'aws', Labels: { cpus: 4 }, Zone: 'a' })
 *
 * images // → [{ imageId: 'ami-1', providerName: 'aws', providerRegion: '', labels: { cpus: '4' }, sourceImageId: '' }]
 * dropped.map((it) => it.path) // → ['[0].Zone']
 */
export function decodeImages(state: unknown): DecodedImages {
  const dropped: Dropped[] = []
  return { images: listed(state).map((item, index) => decode(item, `[${index}]`, dropped)), dropped }
}

function listed(state: unknown): readonly unknown[] {
  if (state === null || state === undefined) return []
  if (Array.isArray(state)) return state
  if (state instanceof Map ? state.size === 0 : isStringMap(state) && Object.keys(state).length === 0)
    return []
  // No bytes, no images: to Go they are one more list.
  if (state instanceof Uint8Array && state.length === 0) return []
  return [state]
}

function decode(item: unknown, path: string, dropped: Dropped[]): Image {
  if (item !== null && item !== undefined && !isStringMap(item)) {
    throw new ImageError(
      'state.undecodable',
      path,
      `must be a map with Go's field names, not ${kindOf(item)}`,
    )
  }
  const fields = matchFields((item ?? {}) as StringMap<unknown>, path, dropped)
  return image({
    imageId: string(fields.ImageID, `${path}.ImageID`),
    providerName: string(fields.ProviderName, `${path}.ProviderName`),
    providerRegion: string(fields.ProviderRegion, `${path}.ProviderRegion`),
    labels: decodeLabels(fields.Labels, `${path}.Labels`),
    sourceImageId: string(fields.SourceImageID, `${path}.SourceImageID`),
  })
}

function string(value: unknown, path: string): string {
  const converted = weakString(value)
  if (converted !== undefined) return converted
  throw new ImageError('state.undecodable', path, `must be a string, not ${kindOf(value)}`)
}
