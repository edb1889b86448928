/** What can be wrong: a closed set, for code that decides by kind of failure. */
export type PackerTestErrorCode =
  /** No `packer` of the version that the test asks for was found. */
  | 'packer-missing'
  /** The constraint is none that Packer knows: `1.16.0`, `>= 1.11.0, < 2.0.0`, `~> 1.11`. */
  | 'constraint'
  /** A run of `packer` was not what the test says; the message has what it printed. */
  | 'unexpected'
  /** A run of `packer` took too long, or printed too much, and was ended. */
  | 'ended'

/** An acceptance test that failed or could not be run; the message says what to do. */
export class PackerTestError extends Error {
  override readonly name = 'PackerTestError'
  readonly code: PackerTestErrorCode

  constructor(code: PackerTestErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
