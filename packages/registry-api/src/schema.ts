/**
 * A JSON Schema that carries the TypeScript type of the values it admits. Plain data: it can be printed, walked and handed to
 * any tool that reads JSON Schema. Built here and not with a library, because every `ingot` command loads this contract and
 * the libraries that infer types cost more time to load than a command takes.
 */
export interface Schema<Value = unknown> {
  readonly type?: 'string' | 'boolean' | 'integer' | 'number' | 'null' | 'array' | 'object'
  readonly format?: 'date-time' | 'int64' | 'byte'
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly anyOf?: readonly Schema[]
  /** Never set: it only tells the compiler which values the schema admits. */
  readonly '~static'?: Value
}

/** The type of the values that a schema admits. */
export type Static<S> = S extends Schema<infer Value> ? Value : never

type Fields = Readonly<Record<string, Schema>>
type Each<F extends Fields> = { [Name in keyof F]: Static<F[Name]> }

export const string: Schema<string> = { type: 'string' }
export const boolean: Schema<boolean> = { type: 'boolean' }
/** A JSON number without fraction. */
export const int32: Schema<number> = { type: 'integer' }
export const double: Schema<number> = { type: 'number' }
/** A 64-bit integer, carried as a JSON string: Go clients fail to decode a JSON number here. */
export const int64: Schema<string> = { type: 'string', format: 'int64' }
/** RFC 3339. We send UTC with milliseconds; an unset time is `null` or absent, never an empty text. */
export const dateTime: Schema<string> = { type: 'string', format: 'date-time' }
/** Bytes in base64, standard alphabet, padded. */
export const base64: Schema<string> = { type: 'string', format: 'byte' }
/** Any JSON value. */
export const any: Schema<unknown> = {}
/** A text-to-text map: `{}` when empty, because packer 1.7.10 crashes on a `null` one. */
export const labels: Schema<Readonly<Record<string, string>>> = {
  type: 'object',
  additionalProperties: string,
}

/** One of the given words. */
export function words<const Words extends readonly string[]>(...names: Words): Schema<Words[number]> {
  return { type: 'string', enum: names }
}

export function list<S extends Schema>(items: S): Schema<readonly Static<S>[]> {
  return { type: 'array', items }
}

export function nullable<S extends Schema>(schema: S): Schema<Static<S> | null> {
  return { anyOf: [schema, { type: 'null' }] }
}

/** A schema that admits what either of the two does. */
export function either<A extends Schema, B extends Schema>(a: A, b: B): Schema<Static<A> | Static<B>> {
  return { anyOf: [a, b] }
}

/** An object with fields that are always there and fields that may be absent. Unknown fields are ignored. */
export function object<Always extends Fields, Maybe extends Fields = Record<never, never>>(
  always: Always,
  maybe?: Maybe,
): Schema<Readonly<Each<Always> & Partial<Each<Maybe>>>> {
  return { type: 'object', properties: { ...always, ...maybe }, required: Object.keys(always) }
}

/** What a Go client sends: every field may be absent, and `null` says the same. */
export function given<F extends Fields>(
  fields: F,
): Schema<Readonly<Partial<{ [Name in keyof F]: Static<F[Name]> | null }>>> {
  const loose = Object.entries(fields).map(([name, schema]) => [name, nullable(schema)])
  return { type: 'object', properties: Object.fromEntries(loose), required: [] }
}
