import type { Schema } from '@ingot/registry-api'

const unknown = { from_the_future: [{ code: 'x' }], __unknown: null }

/** A value with fields in it that its schema does not know, wherever the schema says what fields there are. */
export function withUnknownFields(schema: Schema | undefined, value: unknown): unknown {
  const inner = schema?.anyOf?.[0] ?? schema
  if (Array.isArray(value)) return value.map((each) => withUnknownFields(inner?.items, each))
  if (typeof value !== 'object' || value === null || !inner?.properties) return value
  const known = Object.entries(value).map(([name, each]) => [
    name,
    withUnknownFields(inner.properties?.[name], each),
  ])
  return { ...Object.fromEntries(known), ...unknown }
}
