/** One figure of the table: a question, and how it is answered by measuring. */
export interface Figure {
  /** As on the command line. */
  readonly name: string
  /** What is measured, in a line. */
  readonly title: string
  /** Throws `Skip` when this machine lacks something. */
  measure(run: Run): Promise<readonly Reading[]>
}

/** How the figures of one run are taken. */
export interface Run {
  /** Fewer and shorter rounds. */
  readonly quick: boolean
  /** Folder for CPU profiles of the servers under load. */
  readonly profile: string | undefined
}

export type Unit = 'ms' | '/s' | 'µs' | 'MB' | 'MB/s' | 'KB' | ''

/** Samples of one quantity, one for each round. */
export interface Measured {
  readonly name: string
  readonly samples: readonly number[]
}

/** What was measured of ours, beside its peers in the same rounds. */
export interface Reading extends Measured {
  readonly unit: Unit
  readonly peers?: readonly Measured[]
  readonly aim?: Aim
}

export interface Aim {
  /** What is held against the limit: our median, its share of the first peer's, or how far it is above that. */
  readonly of: 'value' | 'share' | 'excess'
  readonly atMost?: number
  readonly atLeast?: number
}

/** Something that is needed is not there; the message says what, and how to get it. */
export class Skip extends Error {
  override readonly name = 'Skip'
}
