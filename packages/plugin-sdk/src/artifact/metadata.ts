import {
  ARTIFACT_STATE_URI,
  decodeImages,
  encodeImages,
  type Image,
  type ImageInput,
  validate,
} from '@ingot/image'

/** One image, or those of all its regions. */
export type Images = ImageInput | readonly ImageInput[]

/** What an artifact tells a registry: the answer to the state key, and the images that are read from it. */
export interface Metadata {
  readonly state: unknown
  readonly images: readonly Image[]
}

/** Images that a registry would not take. */
export class ImagesError extends Error {
  override readonly name = 'ImagesError'
}

const noImages = {
  remedy:
    "Return its images, or say images: 'none' in defineBuilder if it makes nothing that a registry could list",
}

/** What a component made, as far as images go. */
interface Result {
  readonly images?: Images | 'none'
  state?(name: string): unknown
}

/** The metadata of a post-processor's result: what its own `state` answers, else its images, if it names any. */
export async function ownMetadata(result: Result): Promise<Metadata | undefined> {
  const byHand = await result.state?.(ARTIFACT_STATE_URI)
  if (byHand !== undefined && byHand !== null) return checkAnswer(byHand)
  return result.images === undefined || result.images === 'none' ? undefined : checkAnswer(result.images)
}

/** The metadata of a build's result: what its own `state` answers, else its images with those published before. */
export async function metadataOf(
  result: Result,
  { published, none }: { readonly published: readonly ImageInput[]; readonly none: boolean },
): Promise<Metadata | undefined> {
  const byHand = await result.state?.(ARTIFACT_STATE_URI)
  if (byHand !== undefined && byHand !== null) return checkAnswer(byHand)
  const returned = result.images === 'none' ? [] : asList(result.images ?? [])
  const images = [...published, ...returned]
  if (none && images.length > 0)
    throw new ImagesError(`The builder says images: 'none', but returned images: remove one of them`)
  if (none || (result.images === 'none' && images.length === 0)) return
  if (images.length === 0)
    throw new ImagesError(
      `The builder returned no images, so a registry could not list the build. ${noImages.remedy}`,
    )
  return checkAnswer(images)
}

/** Refuses images that a registry would not take, with the field and the remedy. */
export function checkImages(images: Images): void {
  const all = asList(images)
  for (const [index, each] of all.entries()) {
    try {
      validate(each)
    } catch (error) {
      const which = all.length === 1 ? 'The image' : `Image ${index + 1} of ${all.length}`
      throw new ImagesError(`${which} cannot be published: ${(error as Error).message}`)
    }
  }
}

export function asList(images: Images): readonly ImageInput[] {
  return Array.isArray(images) ? images : [images as ImageInput]
}

/** Reads the answer as Packer's core does; what core would drop without a word is refused here. */
function checkAnswer(answer: unknown): Metadata {
  if (isImages(answer)) checkImages(answer)
  const state = isImages(answer) ? encoded(answer) : answer
  const { images, dropped } = decodeImages(state)
  if (dropped.length > 0) {
    throw new ImagesError(
      `The artifact's answer to ${ARTIFACT_STATE_URI} has fields that Packer drops: ${dropped.map(({ path }) => path).join(', ')}`,
    )
  }
  if (images.length === 0)
    throw new ImagesError(
      `The artifact's answer to ${ARTIFACT_STATE_URI} holds no images. ${noImages.remedy}`,
    )
  checkImages(images)
  return { state, images }
}

/** One image stays one: hosts take either. */
function encoded(images: Images): unknown {
  return Array.isArray(images) ? encodeImages(images) : encodeImages(images as ImageInput)
}

/** Images as authors write them, rather than as they cross the wire. */
function isImages(answer: unknown): answer is Images {
  const [first] = Array.isArray(answer) ? answer : [answer]
  return typeof first === 'object' && first !== null && 'imageId' in first
}
