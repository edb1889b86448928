import { rmSync } from 'node:fs'
import { bareTable } from '../servers/bare-table.ts'
import { answerOrders } from './in-process.ts'

/** Rows written one by one, each on the disk before the next, with nothing between but Node's SQLite. */
export interface CommitOrders {
  readonly database: string
  readonly seconds: number
  readonly text: string
}

/** Answers how many there were in a second. */
answerOrders(async ({ database, seconds, text }: CommitOrders): Promise<number> => {
  const table = bareTable(database)
  const start = performance.now()
  const end = start + seconds * 1000
  let count = 0
  for (; performance.now() < end; count++) table.commit(text)
  const perSecond = (count * 1000) / (performance.now() - start)
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true })
  return perSecond
})
