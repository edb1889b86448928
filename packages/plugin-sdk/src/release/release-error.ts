/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type ReleaseErrorCode =
  /** `packer init` installs no pre-release. */
  | 'version'
  /** There is no such platform, or none was named. */
  | 'platform'
  /** GnuPG cannot sign; the message has its own. */
  | 'signing'
  /** The folder cannot be written. */
  | 'not-writable'

/** A plugin that does not become a release; the message says what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
