import { zstdCompressSync } from 'node:zlib'
import type { Schema } from '@ingot/registry-api'
import fc from 'fast-check'

const megabyte = 1024 * 1024

/** Texts that have broken something somewhere. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('', ' ', 'a\0b', '\ud800', '__proto__', 'constructor', 'toString'),
  },
  { weight: 8, arbitrary: fc.constantFrom('%2F', '..', '../../etc', 'Code:10', "' or 1=1 --", '{"code":5}') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('e\u0301', '\u202egnp', '🖼', 'İ', 'ß', '\ufeff', '\r\nx: y', '名'),
  },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom('-1', '0', '1e9', '0x10', 'NaN', '9223372036854775808') },
  { weight: 2, arbitrary: fc.constant('x'.repeat(5000)) },
)

const document = zstdCompressSync('{"bomFormat":"CycloneDX","specVersion":"1.6"}').toString('base64')
const name = fc.nat({ max: 999 }).map((number) => `name-${number}`)

/** Words with which some field or other goes on. */
const meaningful = fc.constantFrom(
  ...['1d', '0s', '2026-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', 'v1', 'latest', 'null.x', 'HCL2'],
  ...['versionFingerprint,restricted', 'restriction,iterationId', 'labels', 'activated', 'name desc,id'],
  ...['true', '1', '200', 'client_credentials', '', ''],
)

const deep = fc.integer({ min: 1, max: 100 }).map((depth) => {
  let value: unknown = 'bottom'
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { down: value }
  return value
})

/** Values of any type; texts of a megabyte among them, seldom. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: oddText },
  { weight: 6, arbitrary: fc.constantFrom(null, true, false, 0, -0, 1, -1, 2 ** 31, 2 ** 53, 1e300, 0.5) },
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: deep },
  { weight: 2, arbitrary: fc.constantFrom([], {}, [null], [[]], { length: 3 }, Array(2000).fill('x')) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(megabyte), '名'.repeat(megabyte / 4)) },
)

/** Values that a schema admits mostly, each part of them odd now and then; `known` are names of what is there. */
export function near(schema: Schema | undefined, known: readonly string[]): fc.Arbitrary<unknown> {
  if (!schema) return odd
  return fc.oneof({ weight: 9, arbitrary: fit(schema, known) }, { weight: 1, arbitrary: odd })
}

function fit(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => fit(each, known)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return fields(schema, known)
    case 'array':
      return fc.array(near(schema.items ?? {}, known), { maxLength: 4 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.nat({ max: 5 })
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema, known)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function text({ format }: Schema, known: readonly string[]): fc.Arbitrary<string> {
  if (format === 'int64') return fc.constantFrom('', '0', '1', '2', '200', '9223372036854775807')
  if (format === 'date-time') return fc.constantFrom('0001-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
  if (format === 'byte') return fc.constantFrom('', 'AAAA', document)
  return fc.oneof(fc.constantFrom(...known), meaningful, name)
}

function fields(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const named = Object.entries(schema.properties ?? {})
  const map = fc.dictionary(oddText, near(schema.additionalProperties ?? {}, known), { maxKeys: 3 })
  if (named.length === 0) return map
  const record = Object.fromEntries(named.map(([name, each]) => [name, near(each, known)]))
  const nulls = Object.fromEntries(named.map(([name]) => [name, null]))
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(record) },
    { weight: 6, arbitrary: fc.record(record, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.constant(nulls) },
  )
}
