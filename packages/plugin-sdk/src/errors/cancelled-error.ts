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

/** The wire aborts a call for other reasons than its user's too, such as an error that escaped. */
export function isCancelled({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason?.name === 'AbortError'
}
