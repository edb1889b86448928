/** A copy of a package with one thing broken on purpose, and the test that must find it. */
export interface Twin {
  /** The package whose copy is broken, for example `registry`. */
  readonly of: string
  /** What is broken, in a few words. */
  readonly name: string
  readonly patches: readonly Patch[]
  readonly caughtBy: Test
}

/** A piece of source that must be there exactly once, and what takes its place. */
export interface Patch {
  /** Relative to the package. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

export interface Test {
  /** Relative to the package. */
  readonly file: string
  /** Its title, without the groups that it is in. */
  readonly title: string
}
