import type { Type } from './type.ts'

/**
 * A value with its type. `content` is
 * - `null` for a null of the type,
 * - {@link unknown} for a value that is not known yet,
 * - for strings and booleans the JavaScript value,
 * - for numbers a {@link Numeral},
 * - for lists, sets and tuples an array of values, for maps and objects a record of values.
 *
 * A value of type `dynamic` is always null or unknown: a known value carries its own type.
 */
export interface Value {
  readonly type: Type
  readonly content: Content
}

/** A number: a JavaScript number where that is exact, a bigint for larger integers, else decimal digits. */
export type Numeral = number | bigint | { readonly decimal: string }

/** What a {@link Value} holds, by its type. */
export type Content =
  | null
  | typeof unknown
  | string
  | boolean
  | Numeral
  | readonly Value[]
  | Readonly<Record<string, Value>>

/** The content of a value that is not known yet. */
export const unknown: unique symbol = Symbol('unknown')
