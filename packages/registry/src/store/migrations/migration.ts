/** A step from one schema to the next, in the SQL that both databases share. */
export interface Migration {
  /** Kept in the database: tells what it has gone through. */
  readonly name: string
  readonly statements: readonly string[]
}
