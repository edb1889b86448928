import type { Rows } from './rows/rows.ts'

/** A write under way. */
export interface Writing {
  readonly rows: Rows
  /** Takes back everything this write has done so far; it may go on. */
  undo(): Promise<void>
}

/**
 * The one door to the rows. Work may await the rows and nothing else: others wait for it. What a driver cannot do is thrown as
 * a `StoreError`.
 */
export interface Store {
  /**
   * Counts the commits: what was read stays true while the count does not change. Undefined where other processes may write
   * as well.
   */
  readonly generation: number | undefined
  /** Runs work on one unchanging state of the rows, the newest that was committed. */
  read<Result>(work: (rows: Rows) => Promise<Result>): Promise<Result>
  /**
   * Runs work that changes rows, alone: all of it is kept or, when it throws, nothing. Answers after the commit, when the
   * change outlives any crash.
   */
  write<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result>
  /** Finishes the work that was accepted, and closes. */
  close(): Promise<void>
}
