export type PluginErrorCode =
  /** The file cannot be run at all. */
  | 'not-executable'
  /** `describe` ended with an error, too late, too long or with something that is no description. */
  | 'describe-failed'
  /** It speaks another API than 5.0. */
  | 'api-version'
  /** What it printed is no handshake. */
  | 'handshake'
  | 'handshake-timeout'
  /** It ended before the handshake. */
  | 'exited-early'
  /** Its address could not be reached. */
  | 'unreachable'
  /** It ended while calls were open. */
  | 'died'

/** A plugin process that does not do what a plugin does. */
export class PluginError extends Error {
  override readonly name = 'PluginError'
  readonly code: PluginErrorCode
  /** The plugin's file. */
  readonly plugin: string
  /** Undefined while it runs, and after a signal ended it. */
  readonly exitCode: number | undefined
  /** Its last lines on stderr, oldest first. */
  readonly stderr: readonly string[]

  constructor(code: PluginErrorCode, message: string, of: PluginErrorDetails) {
    super(message, { cause: of.cause })
    this.code = code
    this.plugin = of.plugin
    this.exitCode = of.exitCode
    this.stderr = of.stderr ?? []
  }
}

export interface PluginErrorDetails {
  readonly plugin: string
  readonly exitCode?: number
  readonly stderr?: readonly string[]
  readonly cause?: unknown
}
