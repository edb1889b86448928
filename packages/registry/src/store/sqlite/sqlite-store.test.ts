import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../testing/drivers.ts'
import { StoreError } from '../store-error.ts'
import { SqliteStore } from './sqlite-store.ts'

async function trouble(path: string): Promise<StoreError> {
  return SqliteStore.open(path).then(
    async (store) => {
      await store.close()
      throw new Error('It opened.')
    },
    (error: unknown) => {
      if (error instanceof StoreError) return error
      throw error
    },
  )
}

/** A database that a registry made, closed again, with some rows. */
async function database() {
  const directory = await temporaryDirectory()
  const path = join(directory.path, 'registry.db')
  const store = await SqliteStore.open(path)
  await store.write(async ({ rows }) => {
    for (let index = 0; index < 2000; index++)
      await rows.principals.addSigningKey({ id: `key-${index}`, jwk: 'x'.repeat(100), createdAt: index })
  })
  await store.close()
  return { directory: directory.path, path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() }
}

test('only its owner can read the database', async () => {
  await using at = await database()
  expect(statSync(at.path).mode & 0o777).toBe(0o600)
})

test('a database that is no database is refused, and left as it is', async () => {
  await using at = await database()
  writeFileSync(at.path, 'This is a shopping list. '.repeat(1000))
  expect(await trouble(at.path)).toMatchObject({
    code: 'damaged',
    message: expect.stringContaining('backup'),
  })
  expect(readFileSync(at.path, 'utf8')).toContain('shopping')
})

test('a database with overwritten pages is refused', async () => {
  await using at = await database()
  const bytes = readFileSync(at.path)
  bytes.fill(0xaa, bytes.length - 100_000, bytes.length - 20_000)
  writeFileSync(at.path, bytes)
  expect((await trouble(at.path)).code).toBe('damaged')
})

test('a database that was cut off is refused', async () => {
  await using at = await database()
  truncateSync(at.path, statSync(at.path).size - 150_000)
  expect((await trouble(at.path)).code).toBe('damaged')
})

test('the database of a newer release is refused by its name', async () => {
  await using at = await database()
  const connection = new DatabaseSync(at.path)
  connection.exec("insert into migrations values ('9999-holograms')")
  connection.close()
  expect(await trouble(at.path)).toMatchObject({
    code: 'newer',
    message: expect.stringContaining('9999-holograms'),
  })
})

test('the database of another program is refused', async () => {
  await using at = await temporaryDirectory()
  const path = join(at.path, 'other.db')
  const connection = new DatabaseSync(path)
  connection.exec('create table recipes (name text)')
  connection.close()
  expect((await trouble(path)).code).toBe('damaged')
})

test('a place where nothing can be written is refused with what to do about it', async () => {
  await using at = await database()
  for (const path of [join(at.directory, 'none', 'registry.db'), at.directory, join(at.path, 'registry.db')])
    expect(await trouble(path)).toMatchObject({
      code: 'unwritable',
      message: expect.stringContaining('--data'),
    })
})

test('a schema that was only half made by a crash is made whole', async () => {
  await using at = await temporaryDirectory()
  const path = join(at.path, 'registry.db')
  writeFileSync(path, '')
  const store = await SqliteStore.open(path)
  expect(await store.read((rows) => rows.tenants.firstOrganization())).toBeUndefined()
  await store.close()
})

test('what damages the database while it is open is told as such', async () => {
  await using at = await database()
  const store = await SqliteStore.open(at.path)
  const bytes = readFileSync(at.path)
  writeFileSync(at.path, bytes.fill(0xaa, 4096))
  await expect(store.read((rows) => rows.principals.signingKeys())).rejects.toMatchObject({ code: 'damaged' })
  await store.close()
})
