import type { Statement, Value } from './statement.ts'

/** A table and what its rows are called in our code. */
export interface Table<Row> {
  readonly name: string
  /** The columns for a select, read from the given alias. */
  columns(alias: string): string
  readonly insert: Statement<unknown, keyof Row & string>
}

/** States a table: each field of a row and the column that holds it. */
export function table<Row extends { readonly [Field in keyof Row]: Value }>(
  name: string,
  fields: Readonly<Record<keyof Row & string, string>>,
): Table<Row> {
  const pairs = Object.entries<string>(fields)
  return {
    name,
    columns: (alias) => pairs.map(([field, column]) => `${alias}.${column} as "${field}"`).join(', '),
    insert: {
      pieces: [
        `insert into ${name} (${pairs.map(([, column]) => column).join(', ')}) values (`,
        ...pairs.slice(1).map(() => ', '),
        ')',
      ],
      names: pairs.map(([field]) => field) as (keyof Row & string)[],
    },
  }
}
