/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type InstallErrorCode =
  /** Packer would not take the source address. */
  | 'source'
  /** The source ends in another name than the plugin's. */
  | 'name'
  /** There is no such file. */
  | 'not-a-file'
  /** Packer would not take the version that the plugin says it has. */
  | 'version'
  /** The folder cannot be written. */
  | 'not-writable'

/** A plugin that cannot be put where Packer finds it; the message says what to do. */
export class InstallError extends Error {
  override readonly name = 'InstallError'
  readonly code: InstallErrorCode

  constructor(code: InstallErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}
