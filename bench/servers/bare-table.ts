import { DatabaseSync } from 'node:sqlite'

/** A table of texts, written with the pragmas that the registry uses. */
export interface BareTable {
  /** Adds a row in a transaction of its own, which is on the disk when this returns. */
  commit(text: string): void
}

export function bareTable(path: string): BareTable {
  const database = new DatabaseSync(path)
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory')
  database.exec('create table if not exists texts (id integer primary key, text text not null)')
  const insert = database.prepare('insert into texts (text) values (?)')
  return { commit: (text) => void insert.run(text) }
}
