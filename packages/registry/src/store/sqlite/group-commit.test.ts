import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../testing/drivers.ts'
import { GroupCommit } from './group-commit.ts'

async function open() {
  const directory = await temporaryDirectory()
  const path = join(directory.path, 'group.db')
  const database = new DatabaseSync(path)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table notes (text text not null)',
  )
  const commits = new GroupCommit(database, path)
  const note = (text: string) => async () => {
    database.prepare('insert into notes values (?)').run(text)
    return text
  }
  const count = () => Number(database.prepare('select count(*) as n from notes').get()?.['n'])
  const dispose = async () => {
    await commits.close()
    database.close()
    await directory[Symbol.asyncDispose]()
  }
  return { path, database, commits, note, count, [Symbol.asyncDispose]: dispose }
}

test('writes that wait at the same time share one commit', async () => {
  await using at = await open()
  const before = statSync(`${at.path}-wal`).size
  await Promise.all(Array.from({ length: 100 }, (_, index) => at.commits.enter(at.note(`note ${index}`))))
  const pages = (statSync(`${at.path}-wal`).size - before) / 4096
  expect(at.count()).toBe(100)
  expect(pages).toBeLessThan(10)
})

test('writes come one after the other, in the order in which they were asked for', async () => {
  await using at = await open()
  const log: string[] = []
  const slow = (name: string) => async () => {
    log.push(`${name} begins`)
    await Promise.resolve()
    await Promise.resolve()
    log.push(`${name} ends`)
  }
  await Promise.all(['one', 'two', 'three'].map((name) => at.commits.enter(slow(name))))
  expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends'])
})

test('nobody is answered before the commit', async () => {
  await using at = await open()
  const answers: boolean[] = []
  const writes = Array.from({ length: 5 }, (_, index) =>
    at.commits.enter(at.note(`${index}`)).then(() => answers.push(at.database.isTransaction)),
  )
  const failing = at.commits
    .enter(() => Promise.reject(new Error('no')))
    .catch(() => answers.push(at.database.isTransaction))
  await Promise.all([...writes, failing])
  expect(answers).toEqual(Array(6).fill(false))
})

test('a full disk takes back the whole group, says so, and is got over', async () => {
  await using at = await open()
  await at.commits.enter(at.note('before'))
  at.database.exec('pragma max_page_count = 8')
  const big = at.note('x'.repeat(100_000))
  const settled = await Promise.allSettled([at.commits.enter(at.note('small')), at.commits.enter(big)])
  expect(settled[1]).toMatchObject({
    status: 'rejected',
    reason: { code: 'full', message: expect.stringContaining('Free some space') },
  })
  expect(at.count()).toBe(settled[0]?.status === 'fulfilled' ? 2 : 1)
  at.database.exec('pragma max_page_count = 100000')
  expect(await at.commits.enter(at.note('after'))).toBe('after')
})

test('a commit that fails rejects everyone who was part of it', async () => {
  await using at = await open()
  at.database.exec('pragma foreign_keys = on; create table parents (id integer primary key)')
  at.database.exec('create table children (parent integer references parents deferrable initially deferred)')
  const orphan = at.commits.enter(async () => at.database.prepare('insert into children values (7)').run())
  const settled = await Promise.allSettled([at.commits.enter(at.note('innocent')), orphan])
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(at.count()).toBe(0)
  expect(await at.commits.enter(at.note('later'))).toBe('later')
})
