import { ImageError } from './error.ts'
import { type ImageInput, image } from './image.ts'

const remedies = {
  imageId: 'is empty; set it with withId, or give the artifact an id',
  providerName: 'is empty; set it with withProvider, or give the artifact a builder id',
  sourceImageId: 'is empty; set it with withSourceId to the id of the image this one was made from',
}

/**
 * Checks that a registry can take the image: its id and provider must not be empty, and nothing else is asked, as in
 * Go's package. With `strict` the source image id is compulsory too, as HashiCorp's page on supporting HCP Packer in
 * plugins has it.
 *
 * @throws ImageError `field.empty` for the first empty field, `field.type` where a field is of another type.
 * @example
 * import { image, validate } from '@ingot/image'
 *
 * const built = image({ imageId: 'ami-1', providerName: 'aws', sourceImageId: 'ami-0' })
 * validate(built)
 * validate(built, { strict: true })
 */
export function validate(input: ImageInput, { strict = false }: { readonly strict?: boolean } = {}): void {
  const complete = image(input)
  const compulsory = ['imageId', 'providerName', ...(strict ? (['sourceImageId'] as const) : [])] as const
  for (const field of compulsory) {
    if (complete[field] === '') throw new ImageError('field.empty', field, remedies[field])
  }
}
