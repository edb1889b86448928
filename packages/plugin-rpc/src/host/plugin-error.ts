/**
 * What a plugin's executable did that no plugin does:
 * - `not-executable`: the file cannot be run at all,
 * - `describe-failed`: `describe` ended with an error, too late, or with something that is no description,
 * - `api-version`: it speaks another API than 5.0,
 * - `handshake`: what it printed first is no address,
 * - `handshake-timeout`: it printed nothing in time,
 * - `exited-early`: it ended before it was connected,
 * - `unreachable`: its address could not be reached, or nobody answered there,
 * - `died`: it ended, or closed its connection, in the middle of a call or before it,
 * - `killed`: this host ended it,
 * - `protocol`: what came from it is not the plugin protocol.
 */
export type PluginErrorCode =
  | 'not-executable'
  | 'describe-failed'
  | 'api-version'
  | 'handshake'
  | 'handshake-timeout'
  | 'exited-early'
  | 'unreachable'
  | 'died'
  | 'killed'
  | 'protocol'

/** A plugin's executable that does not do what a plugin does. */
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
    super(message + lastWords(of.stderr), { cause: of.cause })
    this.code = code
    this.plugin = of.plugin
    this.exitCode = of.exitCode
    this.stderr = of.stderr ?? []
  }
}

export interface PluginErrorDetails {
  readonly plugin: string
  readonly exitCode?: number | undefined
  readonly stderr?: readonly string[]
  readonly cause?: unknown
}

function lastWords(stderr: readonly string[] = []): string {
  return stderr.length === 0 ? '' : ` It printed last:\n${stderr.map((line) => `  ${line}`).join('\n')}`
}
