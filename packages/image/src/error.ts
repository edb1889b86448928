/**
 * What can be wrong: a closed set, for code that decides by kind of failure.
 *
 * @example
 * import type { ImageErrorCode } from '@ingot/image'
 *
 * const isPluginFault = (code: ImageErrorCode): boolean => code === 'state.undecodable'
 *
 * isPluginFault('field.empty') // → false
 */
export type ImageErrorCode =
  /** A field of an image that must not be empty is. */
  | 'field.empty'
  /** A field, or a property of an artifact, is not of the type that it must have. */
  | 'field.type'
  /** There is no artifact to take an image from. */
  | 'artifact.absent'
  /** Something that must be a map is none. */
  | 'map.required'
  /** A state value that does not describe images; Packer's core skips such an artifact with a warning. */
  | 'state.undecodable'

/**
 * Image metadata that is not as it must be.
 *
 * @example
 * import { ImageError, image, validate } from '@ingot/image'
 *
 * try {
 *   validate(image({ imageId: '', providerName: 'aws' }))
 * } catch (error) {
 *   if (error instanceof ImageError) console.error(error.code, error.field, error.message)
 * }
 */
export class ImageError extends Error {
  readonly code: ImageErrorCode
  /** The field that is wrong: `imageId`, or the path in a state value: `[0].Labels[team]`. */
  readonly field: string

  constructor(code: ImageErrorCode, field: string, reason: string) {
    super(`${field}: ${reason}`)
    this.name = 'ImageError'
    this.code = code
    this.field = field
  }
}

/** What a value of the wrong type is, in a word or two, for messages. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Map) return 'a map'
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = Object.getPrototypeOf(value)?.constructor?.name
  return typeof name === 'string' && name !== 'Object' ? `an object (${name.slice(0, 40)})` : 'an object'
}

/** The start of a text that came from elsewhere, short enough for a message. */
export const excerpt = (text: string): string => (text.length > 64 ? `${text.slice(0, 64)}…` : text)
