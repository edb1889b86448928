import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { Session, Statement, Values } from '../statement.ts'

interface Prepared {
  readonly run: StatementSync
  /** The names of the columns of its rows. */
  readonly columns: readonly string[]
}

/** Statements on one SQLite connection, each prepared when it first runs. */
export class SqliteSession implements Session {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<Statement<unknown, string>, Prepared>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async all<Row, Name extends string>(statement: Statement<Row, Name>, values: Values<Name>): Promise<Row[]> {
    const { run, columns } = this.#prepare(statement)
    return run.all(...inOrder(statement, values)).map((row) => named(columns, row) as Row)
  }

  async first<Row, Name extends string>(
    statement: Statement<Row, Name>,
    values: Values<Name>,
  ): Promise<Row | undefined> {
    const { run, columns } = this.#prepare(statement)
    const row = run.get(...inOrder(statement, values))
    return row && (named(columns, row) as Row)
  }

  async run<Name extends string>(statement: Statement<unknown, Name>, values: Values<Name>): Promise<number> {
    return Number(this.#prepare(statement).run.run(...inOrder(statement, values)).changes)
  }

  #prepare(statement: Statement<unknown, string>): Prepared {
    const known = this.#prepared.get(statement)
    if (known) return known
    const run = this.#database.prepare(statement.pieces.join('?'))
    run.setReturnArrays(true)
    const prepared = { run, columns: run.columns().map(({ name }) => name) }
    this.#prepared.set(statement, prepared)
    return prepared
  }
}

/** SQLite's own row objects are dictionaries, which take twice as long to read as they take to make anew. */
function named(columns: readonly string[], row: unknown): Record<string, SQLOutputValue> {
  const values = row as readonly SQLOutputValue[]
  const object: Record<string, SQLOutputValue> = {}
  for (let index = 0; index < columns.length; index++) object[columns[index]!] = values[index]!
  return object
}

function inOrder<Name extends string>({ names }: Statement<unknown, Name>, values: Values<Name>) {
  return names.map((name) => values[name])
}
