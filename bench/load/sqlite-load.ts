import { DatabaseSync } from 'node:sqlite'
import { answerOrders } from './in-process.ts'

/** Statements run one after the other in one transaction, with nothing between but Node's SQLite. */
export interface SqliteOrders {
  readonly database: string
  /** Each takes the parameter `:id`; their rows are read and dropped. */
  readonly statements: readonly string[]
  /** A transaction for each. */
  readonly ids: readonly string[]
}

/** Answers how many milliseconds each transaction took. */
answerOrders(async ({ database, statements, ids }: SqliteOrders): Promise<readonly number[]> => {
  const connection = new DatabaseSync(database)
  connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory')
  const prepared = statements.map((text) => connection.prepare(text))
  const durations = ids.map((id) => {
    const start = performance.now()
    connection.exec('begin')
    for (const each of prepared) each.all({ id })
    connection.exec('commit')
    return performance.now() - start
  })
  connection.close()
  return durations
})
