import type { DatabaseSync } from 'node:sqlite'
import { migrations } from '../migrations/migrations.ts'
import { StoreError } from '../store-error.ts'

/** Brings the schema up to what this program knows: all of the way or not at all. */
export function migrate(database: DatabaseSync, path: string): void {
  if (pending(database, path).length === 0) return
  database.exec('begin immediate')
  try {
    const steps = pending(database, path)
    database.exec('create table if not exists migrations (name text primary key)')
    for (const { name, statements } of steps) {
      for (const text of statements) database.exec(text)
      database.prepare('insert into migrations (name) values (?)').run(name)
    }
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

/** The migrations that the database has not gone through. Throws when it has gone through others than these. */
function pending(database: DatabaseSync, path: string) {
  const done = applied(database, path)
  const unknown = done.find((name) => !migrations.some((migration) => migration.name === name))
  if (unknown !== undefined)
    throw new StoreError(
      'newer',
      `The database ${path} was made by a newer release (its schema has ${unknown}). Run that release, or restore a backup made before it.`,
    )
  return migrations.filter(({ name }) => !done.includes(name))
}

function applied(database: DatabaseSync, path: string): string[] {
  const names = (text: string) =>
    database
      .prepare(text)
      .all()
      .map((row) => String(row['name']))
  const tables = names("select name from sqlite_schema where type = 'table'")
  if (tables.includes('migrations')) return names('select name from migrations')
  if (tables.length > 0)
    throw new StoreError(
      'damaged',
      `${path} is a database, but none of a registry. Move it away, or choose another directory with --data.`,
    )
  return []
}
