/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type BundleErrorCode =
  /** There is no such module. */
  | 'entry-missing'
  /** The entry exports no `plugin`. */
  | 'no-plugin'
  /** The entry exports several plugins. */
  | 'several-plugins'
  /** The sources do not build; the message has the compiler's. */
  | 'build-failed'
  /** The bundle does not run; the message has what it printed. */
  | 'does-not-start'
  /** Packer would not take the version. */
  | 'version'
  /** There is no Node to make an executable of, or it cannot become one. */
  | 'node'
  /** The file cannot be written. */
  | 'not-writable'

/** A plugin that does not become a bundle; the message says what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
  readonly code: BundleErrorCode

  constructor(code: BundleErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export function noPlugin(entry: string): BundleError {
  const remedy = 'export what definePlugin answers, as in "export const plugin = definePlugin({ … })"'
  return new BundleError('no-plugin', `${entry} exports no "plugin": ${remedy}`)
}

export function severalPlugins(entry: string, names: readonly string[]): BundleError {
  const remedy = 'keep the one called "plugin", and give each other a module of its own'
  return new BundleError(
    'several-plugins',
    `${entry} exports several plugins (${names.join(', ')}): ${remedy}`,
  )
}
