import { defaultPageSize, largestPageSize, pageTokenLength, sortColumns } from './limits.ts'
import { Refusal } from './refusal.ts'

/** Which part of a list is wanted, in the texts of the wire; an empty text is as good as none. */
export interface Paging {
  readonly pageSize?: string
  readonly nextPageToken?: string
  readonly previousPageToken?: string
}

/** A page of a list in an order: each value `column`, `column asc` or `column desc`, or several joined by commas. */
export interface SortedPaging extends Paging {
  readonly orderBy?: readonly string[]
}

/** A part of a list, with the tokens of its neighbours; a token is empty where there is none. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextPageToken: string
  readonly previousPageToken: string
}

export interface Order<Column extends string = string> {
  readonly column: Column
  readonly descending: boolean
}

/** A kind of list: what it is sorted by. */
export interface List<Column extends string = string> {
  /** Tells the tokens of one list from those of another. */
  readonly name: string
  /** The names that clients sort by, and the columns that they mean. */
  readonly columns: Readonly<Record<string, Column>>
  readonly types: Readonly<Record<Column, 'string' | 'number'>>
  /** The order when none is asked for. Its last column is unique, and ends every other order too. */
  readonly order: readonly Order<Column>[]
  /** Whether a client that names no page size gets all. */
  readonly whole?: boolean
}

type Key = string | number

/** The rows that a page is made from: those beyond the anchor, in the order or against it, one more than fit on the page. */
export interface Window<Column extends string = string> {
  readonly list: string
  readonly order: readonly Order<Column>[]
  readonly size: number
  readonly anchor: readonly Key[] | undefined
  readonly backwards: boolean
}

const everything = Number.MAX_SAFE_INTEGER - 1

/** Reads which page is wanted. */
export function readPaging<Column extends string>(
  list: List<Column>,
  { pageSize = '', nextPageToken = '', previousPageToken = '', orderBy = [] }: SortedPaging,
): Window<Column> | Refusal {
  if (!/^\d{0,19}$/.test(pageSize))
    return new Refusal('page.size', { value: pageSize, limit: largestPageSize })
  if (nextPageToken && previousPageToken) return new Refusal('page.two-tokens', {})
  const order = readOrder(list, orderBy)
  if (order instanceof Refusal) return order
  const asked = Number(pageSize)
  const size = asked > 0 ? Math.min(asked, largestPageSize) : list.whole ? everything : defaultPageSize
  const backwards = previousPageToken !== ''
  const token = nextPageToken || previousPageToken
  const anchor = token ? readToken(token, list, order) : undefined
  return anchor instanceof Refusal ? anchor : { list: list.name, order, size, anchor, backwards }
}

function readOrder<Column extends string>(
  list: List<Column>,
  orderBy: readonly string[],
): readonly Order<Column>[] | Refusal {
  const terms = orderBy
    .flatMap((value) => value.split(',', sortColumns + 1))
    .flatMap((term) => term.trim() || [])
  if (terms.length > sortColumns)
    return new Refusal('list.too-long', { field: 'sorting.order_by', limit: sortColumns })
  const orders: Order<Column>[] = []
  for (const term of terms) {
    const [, name = '', direction = 'asc'] = /^(\w+)(?: +(asc|desc))?$/i.exec(term) ?? []
    const column = Object.hasOwn(list.columns, name) ? list.columns[name] : undefined
    if (!column) return new Refusal('sort.unknown', { value: term, columns: Object.keys(list.columns) })
    if (!orders.some((order) => order.column === column))
      orders.push({ column, descending: direction.toLowerCase() === 'desc' })
  }
  if (orders.length === 0) return list.order
  const last = list.order.at(-1)!
  return orders.some((order) => order.column === last.column) ? orders : [...orders, last]
}

/** Makes a page of the rows of a window; `keys` tells the values of a row in the columns of an order. */
export function makePage<Item, Column extends string>(
  window: Window<Column>,
  rows: readonly Item[],
  key: (item: Item, column: Column) => Key,
): Page<Item> {
  const more = rows.length > window.size
  const taken = rows.slice(0, window.size)
  const items = window.backwards ? taken.reverse() : taken
  const token = (item: Item | undefined) =>
    item === undefined
      ? ''
      : writeToken(
          window,
          window.order.map(({ column }) => key(item, column)),
        )
  const before = window.backwards ? more : window.anchor !== undefined
  const after = window.backwards || more
  return {
    items,
    previousPageToken: before ? token(items[0]) : '',
    nextPageToken: after ? token(items.at(-1)) : '',
  }
}

/** The order and the list are part of a token, so that it fits no other. */
function signature(list: string, order: readonly Order[]): string {
  return [list, ...order.map(({ column, descending }) => `${column}${descending ? '-' : '+'}`)].join(' ')
}

function writeToken(window: Window, keys: readonly Key[]): string {
  return Buffer.from(JSON.stringify([signature(window.list, window.order), ...keys])).toString('base64url')
}

function readToken<Column extends string>(
  token: string,
  list: List<Column>,
  order: readonly Order<Column>[],
): readonly Key[] | Refusal {
  const refusal = new Refusal('page.token', {})
  if (token.length > pageTokenLength) return refusal
  const parts = parseJson(Buffer.from(token, 'base64url').toString())
  if (!Array.isArray(parts) || parts.length !== order.length + 1) return refusal
  const [signed, ...keys] = parts
  const valid = order.every(({ column }, index) => isKey(keys[index], list.types[column]))
  return signed === signature(list.name, order) && valid ? keys : refusal
}

function isKey(key: unknown, type: 'string' | 'number'): key is Key {
  return type === 'number' ? Number.isSafeInteger(key) : typeof key === 'string' && !key.includes('\0')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // what is no JSON is no token either
  }
}
