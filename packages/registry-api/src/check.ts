import type { Schema } from './schema.ts'

/** Where a value differs from its schema, in words for people. */
export interface Fault {
  /** The place, for example `artifacts[0].region`; empty for the value itself. */
  readonly field: string
  /** What belongs there, for example `one of HCL2, JSON`. */
  readonly expected: string
  /** What was found, for example `a number`. */
  readonly got: string
}

/** The first difference of a value from its schema; none when it fits. Fields that the schema does not name are ignored. */
export function check(schema: Schema, value: unknown, field = ''): Fault | undefined {
  if (schema.anyOf) return checkEither(schema.anyOf, value, field)
  switch (schema.type) {
    case undefined:
      return value === undefined ? fault(schema, value, field) : undefined
    case 'array':
      return Array.isArray(value) ? checkItems(schema, value, field) : fault(schema, value, field)
    case 'object':
      return isObject(value) ? checkFields(schema, value, field) : fault(schema, value, field)
    default:
      return isScalar(schema, value) ? undefined : fault(schema, value, field)
  }
}

function checkEither(options: readonly Schema[], value: unknown, field: string): Fault | undefined {
  let first: Fault | undefined
  for (const option of options) {
    const found = check(option, value, field)
    if (!found) return
    first ??= found
  }
  return first
}

function checkItems(schema: Schema, items: readonly unknown[], field: string): Fault | undefined {
  for (const [index, item] of items.entries()) {
    const found = schema.items && check(schema.items, item, `${field}[${index}]`)
    if (found) return found
  }
}

function checkFields(schema: Schema, value: Record<string, unknown>, field: string): Fault | undefined {
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    if (value[name] === undefined && !schema.required?.includes(name)) continue
    const found = check(each, value[name], below(field, name))
    if (found) return found
  }
  if (!schema.additionalProperties) return
  for (const [name, each] of Object.entries(value)) {
    const found = check(schema.additionalProperties, each, below(field, name))
    if (found) return found
  }
}

/** Names in messages are cut: they come from the other end and may be long. */
const MAX_NAME_IN_FAULT = 64

function below(field: string, name: string): string {
  const short = name.length > MAX_NAME_IN_FAULT ? `${name.slice(0, MAX_NAME_IN_FAULT)}…` : name
  return field === '' ? short : `${field}.${short}`
}

const formats = {
  'date-time': (text: string) => rfc3339.test(text) && !Number.isNaN(Date.parse(text)),
  int64: (text: string) => /^-?\d{1,19}$/.test(text),
  byte: (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
}
const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

function isScalar(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return false
      return (schema.enum?.includes(value) ?? true) && (!schema.format || formats[schema.format](value))
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    default:
      return value === null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fault(schema: Schema, value: unknown, field: string): Fault {
  return { field, expected: expected(schema), got: kindOf(value, schema.enum !== undefined) }
}

const words = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  null: 'null',
  array: 'a list',
  object: 'an object',
}
const formatWords = {
  'date-time': 'a time such as 2026-01-31T12:00:00.000Z',
  int64: 'a whole number in quotes',
  byte: 'base64 text',
}

function expected(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.format) return formatWords[schema.format]
  return schema.type ? words[schema.type] : 'a value'
}

function kindOf(value: unknown, quote: boolean): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return words.array
  if (typeof value === 'string') return quote ? `"${value.slice(0, MAX_NAME_IN_FAULT)}"` : 'other text'
  if (typeof value === 'number') return words.number
  return typeof value === 'boolean' ? words.boolean : words.object
}
