/** The build was cancelled by its user. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'

  constructor() {
    super('The build was cancelled.')
  }

  static throwIf(signal: AbortSignal): void {
    if (signal.aborted) throw new CancelledError()
  }
}
