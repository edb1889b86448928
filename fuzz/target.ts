/** A decoder, and what is known of it. */
export interface Target {
  /** As on the command line. */
  readonly name: string
  /** What is decoded, in a line. */
  readonly title: string
  /** The sources whose parts count as reached. */
  readonly covers: RegExp
  /** Names of the errors by which it refuses. Any other is a finding. */
  readonly refuses: readonly string[]
  /** What it reads in real life. */
  seeds(): readonly Uint8Array[]
  /** Reads it, and throws one of {@link refuses} or rejects with it. */
  decode(bytes: Uint8Array): unknown
}
