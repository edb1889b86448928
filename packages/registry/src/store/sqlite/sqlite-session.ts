import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Session, Statement, Values } from '../statement.ts'

/** Statements on one SQLite connection, each prepared when it first runs. */
export class SqliteSession implements Session {
  readonly #database: DatabaseSync
  readonly #prepared = new Map<Statement<unknown, string>, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async all<Row, Name extends string>(statement: Statement<Row, Name>, values: Values<Name>): Promise<Row[]> {
    return this.#prepare(statement).all(...inOrder(statement, values)) as Row[]
  }

  async first<Row, Name extends string>(
    statement: Statement<Row, Name>,
    values: Values<Name>,
  ): Promise<Row | undefined> {
    return this.#prepare(statement).get(...inOrder(statement, values)) as Row | undefined
  }

  async run<Name extends string>(statement: Statement<unknown, Name>, values: Values<Name>): Promise<number> {
    return Number(this.#prepare(statement).run(...inOrder(statement, values)).changes)
  }

  #prepare(statement: Statement<unknown, string>): StatementSync {
    const known = this.#prepared.get(statement)
    if (known) return known
    const prepared = this.#database.prepare(statement.pieces.join('?'))
    this.#prepared.set(statement, prepared)
    return prepared
  }
}

function inOrder<Name extends string>({ names }: Statement<unknown, Name>, values: Values<Name>) {
  return names.map((name) => values[name])
}
