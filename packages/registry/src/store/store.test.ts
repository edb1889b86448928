import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bucket } from '../domain/bucket.ts'
import type { Window } from '../domain/page.ts'
import { drivers } from '../testing/drivers.ts'
import type { BucketColumn } from './rows/bucket-rows.ts'
import type { Rows } from './rows/rows.ts'
import type { Store } from './store.ts'
import { StoreError } from './store-error.ts'

const project = 'project'
const byName = window([{ column: 'name', descending: false }])

function window(
  order: Window<BucketColumn>['order'],
  rest: Partial<Window<BucketColumn>> = {},
): Window<BucketColumn> {
  return { list: 'buckets', order, size: 1000, anchor: undefined, backwards: false, ...rest }
}

function bucket(name: string, facts: Partial<Bucket> = {}): Bucket {
  const words = { description: '', labels: {}, versionCount: 0 }
  return { id: `id-${name}`, projectId: project, name, ...words, createdAt: 1, updatedAt: 1, ...facts }
}

async function foundProject(store: Store): Promise<void> {
  await store.write(async ({ rows }) => {
    await rows.tenants.addOrganization({ id: 'organization', name: 'acme', createdAt: 1 })
    await rows.tenants.addProject({
      id: project,
      organizationId: 'organization',
      name: 'images',
      description: '',
      createdAt: 1,
    })
    await rows.tenants.addRegistry({
      id: 'registry',
      projectId: project,
      activated: true,
      tier: 'plus',
      hmacGeneration: 1,
      onUntracked: 'unset',
      createdAt: 1,
      updatedAt: 1,
    })
  })
}

async function names(rows: Rows): Promise<string[]> {
  return (await rows.buckets.list(project, byName)).map(({ name }) => name)
}

describe.each(drivers)('a store on %s', (_, create) => {
  async function open() {
    const database = await create()
    const store = await database.open()
    await foundProject(store)
    const read = () => store.read(names)
    return {
      database,
      store,
      read,
      [Symbol.asyncDispose]: () => store.close().then(() => database[Symbol.asyncDispose]()),
    }
  }

  test('keeps what was answered, across closing and opening', async () => {
    const { database, store } = await open()
    await store.write(({ rows }) => rows.buckets.add(bucket('kept')))
    await store.close()
    const again = await database.open()
    expect(await again.read(names)).toEqual(['kept'])
    await again.close()
    await database[Symbol.asyncDispose]()
  })

  test('answers a write only when another connection sees it', async () => {
    await using opened = await open()
    const other = await opened.database.open()
    const writes = Array.from({ length: 200 }, async (_none, index) => {
      const name = `bucket-${index}`
      await opened.store.write(({ rows }) => rows.buckets.add(bucket(name)))
      expect(await other.read((rows) => rows.buckets.find(project, name))).toMatchObject({ name })
      return name
    })
    expect(await Promise.all(writes)).toHaveLength(200)
    await other.close()
  })

  test('keeps nothing of a write that throws, and all of the others that came with it', async () => {
    await using opened = await open()
    const attempts = Array.from({ length: 30 }, (_none, index) =>
      opened.store.write(async ({ rows }) => {
        await rows.buckets.add(bucket(`bucket-${String(index).padStart(2, '0')}`))
        if (index % 3 === 0) throw new Error(`attempt ${index}`)
        return index
      }),
    )
    const settled = await Promise.allSettled(attempts)
    for (const [index, result] of settled.entries())
      expect(result).toMatchObject(
        index % 3 === 0 ? { reason: { message: `attempt ${index}` } } : { value: index },
      )
    expect(await opened.read()).toHaveLength(20)
  })

  test('keeps nothing of a write that breaks a rule of the schema, and says that it failed', async () => {
    await using opened = await open()
    await opened.store.write(({ rows }) => rows.buckets.add(bucket('one')))
    const twice = opened.store.write(async ({ rows }) => {
      await rows.buckets.add(bucket('two'))
      await rows.buckets.add(bucket('one', { id: 'other' }))
    })
    const orphan = opened.store.write(({ rows }) => rows.buckets.add(bucket('three', { projectId: 'none' })))
    await expect(twice).rejects.toThrow(StoreError)
    await expect(orphan).rejects.toThrow(StoreError)
    expect(await opened.read()).toEqual(['one'])
  })

  test('takes back what a write did when it is told to, and keeps what it does then', async () => {
    await using opened = await open()
    const write = opened.store.write(async ({ rows, undo }) => {
      await rows.buckets.add(bucket('first'))
      await undo()
      await rows.buckets.add(bucket('second'))
      return names(rows)
    })
    const neighbour = opened.store.write(({ rows }) => rows.buckets.add(bucket('neighbour')))
    expect(await write).toEqual(['second'])
    await neighbour
    expect(await opened.read()).toEqual(['neighbour', 'second'])
  })

  test('shows to a write what it did itself, and to readers nothing before the commit', async () => {
    await using opened = await open()
    const seen = await opened.store.write(async ({ rows }) => {
      await rows.buckets.add(bucket('new'))
      return { inside: await names(rows), outside: await opened.read() }
    })
    expect(seen).toEqual({ inside: ['new'], outside: [] })
  })

  test('shows one unchanging state to a reader', async () => {
    await using opened = await open()
    const seen = await opened.store.read(async (rows) => {
      const before = await names(rows)
      await opened.store.write((writing) => writing.rows.buckets.add(bucket('new')))
      return [before, await names(rows)]
    })
    expect(seen).toEqual([[], []])
    expect(await opened.read()).toEqual(['new'])
  })

  test('goes on after a reader that throws', async () => {
    await using opened = await open()
    await expect(opened.store.read(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
    expect(await opened.read()).toEqual([])
  })

  test('finishes what it accepted before it closes, and accepts nothing after', async () => {
    await using database = await create()
    const store = await database.open()
    await foundProject(store)
    const writes = Array.from({ length: 50 }, (_none, index) =>
      store.write(({ rows }) => rows.buckets.add(bucket(`bucket-${index}`))),
    )
    const closed = store.close()
    await Promise.all([...writes, closed])
    await expect(store.write(({ rows }) => rows.buckets.add(bucket('late')))).rejects.toThrow(StoreError)
    await expect(store.read(names)).rejects.toThrow(StoreError)
    const again = await database.open()
    expect(await again.read(names)).toHaveLength(50)
    await again.close()
  })

  test('gives texts back to the letter', async () => {
    await using opened = await open()
    const text = fc.string({ unit: 'grapheme', maxLength: 50 }).filter((one) => !one.includes('\0'))
    let count = 0
    await fc.assert(
      fc.asyncProperty(text, fc.dictionary(text, text), async (description, labels) => {
        const one = bucket(`bucket-${count++}`, { description, labels })
        await opened.store.write(({ rows }) => rows.buckets.add(one))
        expect(await opened.store.read((rows) => rows.buckets.find(project, one.name))).toEqual(one)
      }),
      { numRuns: 50 },
    )
  })

  test('sorts names by their code points and pages from any row, both ways', async () => {
    await using opened = await open()
    const sorted = ['B', 'a', 'a-b', 'ab', 'b', 'ä', '名']
    for (const [index, name] of ['b', '名', 'ab', 'ä', 'a', 'B', 'a-b'].entries())
      await opened.store.write(({ rows }) => rows.buckets.add(bucket(name, { createdAt: index % 2 })))
    expect(await opened.read()).toEqual(sorted)
    const list = (wanted: Window<BucketColumn>) =>
      opened.store
        .read((rows) => rows.buckets.list(project, wanted))
        .then((found) => found.map(({ name }) => name))
    const order = [{ column: 'name', descending: false }] as const
    expect(await list(window(order, { anchor: ['ab'], size: 1 }))).toEqual(['b', 'ä'])
    expect(await list(window(order, { anchor: ['ab'], backwards: true }))).toEqual(['a-b', 'a', 'B'])
    const mixed = [
      { column: 'createdAt', descending: true },
      { column: 'name', descending: false },
    ] as const
    const whole = await list(window(mixed))
    expect(whole).toEqual(['B', 'ä', '名', 'a', 'a-b', 'ab', 'b'])
    expect(await list(window(mixed, { anchor: [1, '名'] }))).toEqual(whole.slice(3))
    expect(await list(window(mixed, { anchor: [0, 'a-b'], backwards: true }))).toEqual(
      whole.slice(0, 4).reverse(),
    )
  })
})
