import type { Window } from '../../domain/page.ts'
import { type Statement, statement, type Values } from '../statement.ts'

/** The values that a window adds to a statement. */
export type Anchored = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'limit'
const anchorNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] as const

/** Makes the statements of a list, one for each shape of window, and keeps them: there are only so many shapes. */
export class Keyset<Row, Name extends string, Column extends string> {
  readonly #select: string
  readonly #sql: (column: Column) => string
  readonly #made = new Map<string, Statement<Row, Name | Anchored>>()

  /** `select` ends in a `where` that the window's condition can be added to. */
  constructor(select: string, sql: (column: Column) => string) {
    this.#select = select
    this.#sql = sql
  }

  statement(window: Window<Column>): Statement<Row, Name | Anchored> {
    const text = `${this.#select}${this.#beyond(window)} order by ${this.#order(window)} limit :limit`
    const made = this.#made.get(text) ?? (statement<Row>()(text) as Statement<Row, Name | Anchored>)
    this.#made.set(text, made)
    return made
  }

  values(window: Window<Column>): Values<Anchored> {
    const anchors = anchorNames.map((name, index) => [name, window.anchor?.[index] ?? null])
    return { ...Object.fromEntries(anchors), limit: window.size + 1 }
  }

  #order({ order, backwards }: Window<Column>): string {
    return order
      .map(({ column, descending }) => `${this.#sql(column)} ${descending !== backwards ? 'desc' : 'asc'}`)
      .join(', ')
  }

  /** Rows after the anchor: equal in the first columns and beyond it in the next, for each column in turn. */
  #beyond({ order, backwards, anchor }: Window<Column>): string {
    if (!anchor) return ''
    const turns = order.map(({ column, descending }, index) => {
      const equal = order
        .slice(0, index)
        .map((before, place) => `${this.#sql(before.column)} = :${anchorNames[place]!}`)
      return [
        ...equal,
        `${this.#sql(column)} ${descending !== backwards ? '<' : '>'} :${anchorNames[index]!}`,
      ]
    })
    return ` and (${turns.map((turn) => `(${turn.join(' and ')})`).join(' or ')})`
  }
}
