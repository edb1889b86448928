/** What can go wrong before or around a build. Failures of single builds are part of the outcome instead. */
export type EngineErrorCode =
  | 'plan.invalid'
  | 'plugin.folder'
  | 'plugin.absent'
  | 'plugin.ambiguous'
  | 'plugin.component-absent'
  | 'plugin.failed'
  | 'config.invalid'
  | 'version.complete'
  | 'version.other-template'
  | 'version.enforced-blocks'
  | 'cancelled'
  | 'manifest.unreadable'
  | 'manifest.unmapped'
  | 'artifact.absent'
  | 'artifact.ambiguous'
  | 'version.absent'
  | 'version.revoked'
  | 'channel.empty'

/** An error of the engine: `code` for programs, `message` (with the remedy) for people, `details` one line each. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly code: EngineErrorCode
  readonly details: readonly string[]

  constructor(
    code: EngineErrorCode,
    message: string,
    more: { readonly details?: readonly string[]; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.details = more.details ?? []
  }
}

/** The text of anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
