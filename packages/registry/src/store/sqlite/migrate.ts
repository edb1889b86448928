import type { DatabaseSync } from 'node:sqlite'
import type { SqliteDatabase } from 'kysely'
import { migrationNames, migrations } from '../migrations/migrations.ts'
import { StoreError } from '../store-error.ts'

/** Brings the schema up to what this program knows: all of the way or not at all. */
export async function migrate(database: DatabaseSync, path: string): Promise<void> {
  if (isCurrent(database, path)) return
  database.exec('begin immediate')
  try {
    if (!isCurrent(database, path)) await runMigrations(database)
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

function isCurrent(database: DatabaseSync, path: string): boolean {
  const names = (text: string) =>
    database
      .prepare(text)
      .all()
      .map((row) => String(row['name']))
  const tables = names("select name from sqlite_schema where type = 'table'")
  if (tables.length === 0) return false
  if (!tables.includes('kysely_migration'))
    throw new StoreError(
      'damaged',
      `${path} is a database, but none of a registry. Move it away, or choose another directory with --data.`,
    )
  const done = names('select name from kysely_migration')
  const unknown = done.find((name) => !migrationNames.includes(name))
  if (unknown !== undefined)
    throw new StoreError(
      'newer',
      `The database ${path} was made by a newer release (its schema has ${unknown}). Run that release, or restore a backup made before it.`,
    )
  return done.length === migrationNames.length
}

/** Kysely is loaded here and nowhere else: it takes longer to load than the registry takes to start. */
async function runMigrations(database: DatabaseSync): Promise<void> {
  const { Kysely, Migrator, SqliteDialect } = await import('kysely')
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: forKysely(database) }) })
  const pending = Object.entries(migrations).map(async ([name, load]) => [name, await load()] as const)
  const loaded = Object.fromEntries(await Promise.all(pending))
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => loaded } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** The connection as Kysely's dialect for SQLite wants it. */
function forKysely(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => undefined,
    prepare(text) {
      const statement = database.prepare(text)
      const values = (given: readonly unknown[]) => given as (string | number | null)[]
      return {
        reader: statement.columns().length > 0,
        all: (given) => statement.all(...values(given)),
        run: (given) => {
          const { changes, lastInsertRowid } = statement.run(...values(given))
          return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
        },
        iterate: (given) => statement.iterate(...values(given)),
      }
    },
  }
}
