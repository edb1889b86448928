/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type CreateErrorCode =
  /** A flag that is none, or has a value that it cannot have. */
  | 'usage'
  /** Packer takes no plugin of that name. */
  | 'name'
  /** GitHub has no owner of that name. */
  | 'owner'
  /** The folder has something in it, or cannot be made. */
  | 'folder'
  /** Ingot's packages are not where they should be. */
  | 'sdk'

/** A plugin that was not begun; the message says what to do. */
export class CreateError extends Error {
  override readonly name = 'CreateError'
  readonly code: CreateErrorCode

  constructor(code: CreateErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
