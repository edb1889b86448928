import { closeSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Rows } from '../rows/rows.ts'
import type { Store, Writing } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { GroupCommit } from './group-commit.ts'
import { Lane } from './lane.ts'
import { migrate } from './migrate.ts'
import { closed, isSqliteError, storeError } from './sqlite-error.ts'
import { SqliteSession } from './sqlite-session.ts'

/** A database of up to this many bytes is read through when it is opened; for a larger one that takes too long. */
const checkedSize = 16 * 1024 * 1024
const busyTimeout = 5000

/**
 * The rows in one file, for one registry process. A change is answered when SQLite has it on the disk
 * (`journal_mode=WAL`, `synchronous=FULL`); writes that wait at the same time share one commit.
 */
export class SqliteStore implements Store {
  readonly #path: string
  readonly #reader: DatabaseSync
  readonly #writer: DatabaseSync
  readonly #reading: Rows
  readonly #writing: Writing
  readonly #lane = new Lane()
  readonly #commits: GroupCommit
  readonly #begin
  readonly #end

  private constructor(path: string, writer: DatabaseSync) {
    this.#path = path
    this.#writer = writer
    this.#reader = connect(path)
    this.#reader.exec('pragma query_only = on')
    this.#begin = this.#reader.prepare('begin')
    this.#end = this.#reader.prepare('commit')
    this.#commits = new GroupCommit(writer, path)
    this.#reading = new Rows(new SqliteSession(this.#reader))
    this.#writing = {
      rows: new Rows(new SqliteSession(writer)),
      undo: async () => this.#commits.undo(),
    }
  }

  /**
   * Opens the database at a path, makes it when it is not there, and brings its schema up to date. Throws a `StoreError` when it
   * is damaged, newer than this program, or cannot be written.
   */
  static async open(path: string): Promise<SqliteStore> {
    let writer: DatabaseSync | undefined
    try {
      closeSync(openSync(path, 'a', 0o600)) // before SQLite does, which would let others read it
      writer = connect(path)
      check(writer, path)
      migrate(writer, path)
      return new SqliteStore(path, writer)
    } catch (cause) {
      writer?.close()
      throw storeError(cause, path)
    }
  }

  get generation(): number {
    return this.#commits.commits
  }

  async read<Result>(work: (rows: Rows) => Promise<Result>): Promise<Result> {
    if (!this.#reader.isOpen) throw closed(this.#path)
    return this.#lane.enter(() => this.#read(work))
  }

  write<Result>(work: (writing: Writing) => Promise<Result>): Promise<Result> {
    return this.#commits.enter(() => work(this.#writing))
  }

  async close(): Promise<void> {
    await this.#commits.close()
    await this.#lane.empty()
    this.#reader.close()
    this.#writer.close()
  }

  async #read<Result>(work: (rows: Rows) => Promise<Result>): Promise<Result> {
    try {
      this.#begin.run()
      try {
        return await work(this.#reading)
      } finally {
        if (this.#reader.isTransaction) this.#end.run()
      }
    } catch (error) {
      throw isSqliteError(error) ? storeError(error, this.#path) : error
    }
  }
}

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true })
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory')
  return database
}

function check(database: DatabaseSync, path: string): void {
  if (statSync(path).size > checkedSize) return
  const verdict = database.prepare('pragma quick_check(1)').get()?.['quick_check']
  if (verdict !== 'ok')
    throw new StoreError(
      'damaged',
      `The database ${path} is damaged (${verdict}). Stop the registry and put a backup in its place; keep the damaged file.`,
    )
}
