import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { closed, isSqliteError, storeError } from './sqlite-error.ts'

/** Writes that may share one commit. */
const largestGroup = 512

interface Job {
  readonly work: () => Promise<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Runs writes one after the other, and all that wait at the same time in one transaction: they share the one wait for the
 * disk. Each has its own savepoint, so that one that fails takes back only itself. All are answered after the commit.
 */
export class GroupCommit {
  readonly #path: string
  readonly #database: DatabaseSync
  readonly #statements: Readonly<
    Record<'begin' | 'commit' | 'rollback' | 'save' | 'back' | 'release', StatementSync>
  >
  #waiting: Job[] = []
  #commits = 0
  #running = false
  #closed = false
  #idle: () => void = () => undefined

  constructor(database: DatabaseSync, path: string) {
    this.#path = path
    this.#database = database
    this.#statements = {
      begin: database.prepare('begin immediate'),
      commit: database.prepare('commit'),
      rollback: database.prepare('rollback'),
      save: database.prepare('savepoint one'),
      back: database.prepare('rollback to one'),
      release: database.prepare('release one'),
    }
  }

  /** How many groups were committed. */
  get commits(): number {
    return this.#commits
  }

  enter<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed) return Promise.reject(closed(this.#path))
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject })
      this.#wake()
    })
  }

  /** Takes back what the write under way has done so far. */
  undo(): void {
    this.#statements.back.run()
  }

  /** Accepts nothing more and resolves when what was accepted is answered. */
  close(): Promise<void> {
    this.#closed = true
    if (!this.#running) return Promise.resolve()
    return new Promise((resolve) => {
      this.#idle = resolve
    })
  }

  /** The group starts when this turn of the event loop is over, so that all who come in it are part of it. */
  #wake(): void {
    if (this.#running) return
    this.#running = true
    setImmediate(() => this.#next())
  }

  async #next(): Promise<void> {
    const group = this.#waiting.splice(0, largestGroup)
    const answers = await this.#commit(group)
    this.#running = false
    if (this.#waiting.length > 0) this.#wake()
    for (const answer of answers) answer()
    if (!this.#running) this.#idle()
  }

  async #commit(group: readonly Job[]): Promise<(() => void)[]> {
    try {
      this.#statements.begin.run()
      const answers: (() => void)[] = []
      for (const job of group) answers.push(await this.#attempt(job))
      this.#statements.commit.run()
      this.#commits += 1
      return answers
    } catch (cause) {
      if (this.#database.isTransaction) this.#statements.rollback.run()
      const error = storeError(cause, this.#path)
      return group.map((job) => () => job.reject(error))
    }
  }

  /** Runs one write; answers how its caller is answered once the group is committed. Throws when the group is lost. */
  async #attempt({ work, resolve, reject }: Job): Promise<() => void> {
    this.#statements.save.run()
    try {
      const result = await work()
      this.#statements.release.run()
      return () => resolve(result)
    } catch (error) {
      if (!this.#database.isTransaction) throw error // SQLite gave up the whole transaction: a full disk does that
      this.#statements.back.run()
      this.#statements.release.run()
      return () => reject(isSqliteError(error) ? storeError(error, this.#path) : error)
    }
  }
}
