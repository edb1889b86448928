import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type List, makePage, type Page, readPaging, type SortedPaging, type Window } from './page.ts'
import { Refusal } from './refusal.ts'

type Row = { readonly name: string; readonly age: number; readonly id: number }
type Column = keyof Row

const list: List<Column> = {
  name: 'rows',
  columns: { name: 'name', age: 'age' },
  types: { name: 'string', age: 'number', id: 'number' },
  order: [{ column: 'id', descending: false }],
}

function window(paging: SortedPaging): Window<Column> {
  const found = readPaging(list, paging)
  if (found instanceof Refusal) throw found
  return found
}

function code(paging: SortedPaging): string | undefined {
  const found = readPaging(list, paging)
  return found instanceof Refusal ? found.code : undefined
}

/** What a database does with a window. */
function select(rows: readonly Row[], { order, anchor, backwards, size }: Window<Column>): Row[] {
  const compare = (a: readonly (string | number)[], b: readonly (string | number)[]) => {
    for (const [index, { descending }] of order.entries()) {
      if (a[index]! === b[index]!) continue
      return a[index]! < b[index]! === (descending === backwards) ? -1 : 1
    }
    return 0
  }
  const keys = (row: Row) => order.map(({ column }) => row[column])
  return rows
    .filter((row) => !anchor || compare(keys(row), anchor) > 0)
    .sort((a, b) => compare(keys(a), keys(b)))
    .slice(0, size + 1)
}

function page(rows: readonly Row[], paging: SortedPaging): Page<Row> {
  const wanted = window(paging)
  return makePage(wanted, select(rows, wanted), (row, column) => row[column])
}

const rows = fc
  .array(fc.record({ name: fc.constantFrom('a', 'b', 'ä', ''), age: fc.integer({ min: 0, max: 3 }) }), {
    maxLength: 12,
  })
  .map((found) => found.map((row, id) => ({ ...row, id })))
const orderBy = fc.uniqueArray(fc.constantFrom('name', 'name desc', 'age', 'age DESC', 'age asc,name'), {
  maxLength: 3,
})

test('every list pages to its end and back, each row once, in the order asked for', () => {
  fc.assert(
    fc.property(rows, orderBy, fc.integer({ min: 1, max: 4 }), (all, order, size) => {
      const paging = { orderBy: order, pageSize: String(size) }
      const whole = select(all, { ...window(paging), size: 1000 })
      const pages = [page(all, paging)]
      expect(pages[0]!.previousPageToken).toBe('')
      while (pages.at(-1)!.nextPageToken)
        pages.push(page(all, { ...paging, nextPageToken: pages.at(-1)!.nextPageToken }))
      expect(pages.flatMap(({ items }) => items)).toEqual(whole)
      for (let index = pages.length - 1; index > 0; index--) {
        const back = page(all, { ...paging, previousPageToken: pages[index]!.previousPageToken })
        expect(back.items).toEqual(pages[index - 1]!.items)
        expect(back.previousPageToken === '').toBe(index === 1)
      }
    }),
  )
})

test('any text is a page token or is refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (text) => {
        const found = readPaging(list, { nextPageToken: text })
        if (text !== '') expect(found).toMatchObject({ code: 'page.token' })
      },
    ),
  )
})

test('a token fits only its own list and order', () => {
  const all = [1, 2, 3].map((id) => ({ name: 'a', age: 1, id }))
  const { nextPageToken } = page(all, { pageSize: '1', orderBy: ['name'] })
  expect(code({ nextPageToken, orderBy: ['name'] })).toBeUndefined()
  expect(code({ nextPageToken, orderBy: ['name desc'] })).toBe('page.token')
  expect(readPaging({ ...list, name: 'others' }, { nextPageToken, orderBy: ['name'] })).toMatchObject({
    code: 'page.token',
  })
  expect(code({ nextPageToken, previousPageToken: nextPageToken, orderBy: ['name'] })).toBe('page.two-tokens')
})

test('a page size is a whole number, bounded from above', () => {
  expect(window({ pageSize: '7' }).size).toBe(7)
  expect(window({ pageSize: '100000' }).size).toBe(200)
  expect(window({ pageSize: '0' }).size).toBe(50)
  expect(window({ pageSize: '' }).size).toBe(50)
  for (const pageSize of ['-1', '1.5', 'ten', '1e3', '9'.repeat(30)])
    expect(code({ pageSize })).toBe('page.size')
})

test('an order names known columns', () => {
  expect(window({ orderBy: ['name, age desc'] }).order.map(({ column }) => column)).toEqual([
    'name',
    'age',
    'id',
  ])
  for (const term of ['size', 'name sideways', '__proto__', 'constructor', 'name;drop'])
    expect(code({ orderBy: [term] })).toBe('sort.unknown')
  expect(code({ orderBy: Array(1000).fill('name') })).toBe('list.too-long')
})
