/** Why nothing was downloaded. */
export type DownloadErrorCode = 'unreachable' | 'refused' | 'checksum' | 'source'

/** A file could not be downloaded. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  /** `checksum`: something was, but it is not what it should be. `source`: it says of no file where it is. */
  readonly code: DownloadErrorCode

  constructor(code: DownloadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
