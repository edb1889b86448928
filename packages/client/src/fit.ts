import type { Schema } from '@ingot/registry-api'

/** A place in an answer that is not what the schema says. */
export class Misfit extends Error {
  override readonly name = 'Misfit'
}

/**
 * Reads an answer by its schema: what is absent or null where a value belongs reads as the zero value, since writers
 * of this protocol leave zero values out; unknown members and words stay as they are.
 *
 * @throws Misfit that names the place
 */
export function fit(schema: Schema, value: unknown, place: string): unknown {
  if (schema.anyOf) return fitEither(schema.anyOf, value, place)
  if (value === undefined || value === null) return zero(schema, place)
  switch (schema.type) {
    case 'string':
      return fitText(schema, value, place)
    case 'boolean':
      return typeof value === 'boolean' ? value : misfit(place, 'true or false', value)
    case 'integer':
      return Number.isSafeInteger(value) ? value : misfit(place, 'a whole number', value)
    case 'number':
      return typeof value === 'number' ? value : misfit(place, 'a number', value)
    case 'array':
      return fitList(schema, value, place)
    case 'object':
      return fitObject(schema, value, place)
    default:
      return value
  }
}

function fitEither(options: readonly Schema[], value: unknown, place: string): unknown {
  if (value === undefined || value === null) return null
  const real = options.filter((option) => option.type !== 'null')
  for (const option of real.slice(0, -1)) {
    try {
      return fit(option, value, place)
    } catch (error) {
      if (!(error instanceof Misfit)) throw error
    }
  }
  return fit(real.at(-1) ?? {}, value, place)
}

/** Numbers are taken where a 64-bit integer belongs, which is carried as a text. */
function fitText(schema: Schema, value: unknown, place: string): unknown {
  if (typeof value === 'string') return value
  if (schema.format === 'int64' && Number.isSafeInteger(value)) return String(value)
  return misfit(place, 'a text', value)
}

function fitList(schema: Schema, value: unknown, place: string): unknown {
  if (!Array.isArray(value)) return misfit(place, 'a list', value)
  const items = schema.items ?? {}
  return value.map((item, index) => fit(items, item, `${place}[${index}]`))
}

function fitObject(schema: Schema, value: unknown, place: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return misfit(place, 'an object', value)
  const fitted: Record<string, unknown> = { ...value }
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const always = schema.required?.includes(name) ?? false
    if (always || Object.hasOwn(value, name)) fitted[name] = fit(member, fitted[name], `${place}.${name}`)
  }
  if (schema.additionalProperties) {
    for (const [name, member] of Object.entries(value)) {
      fitted[name] = fit(schema.additionalProperties, member, `${place}.${name}`)
    }
  }
  return fitted
}

/** A thing with an id is there or it is not; other objects, such as the paging of a list, may be left out when empty. */
function zero(schema: Schema, place: string): unknown {
  if (schema.type === 'object') {
    return schema.required?.includes('id')
      ? misfit(place, 'an object', undefined)
      : fitObject(schema, {}, place)
  }
  const zeros = {
    string: schema.enum?.[0] ?? '',
    boolean: false,
    integer: 0,
    number: 0,
    array: [],
    null: null,
  }
  return schema.type === undefined ? null : zeros[schema.type]
}

function misfit(place: string, wanted: string, value: unknown): never {
  const got =
    value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
  throw new Misfit(`${place} is ${got} where ${wanted} belongs`)
}
