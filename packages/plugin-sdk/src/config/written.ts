import { formatDuration } from './duration.ts'
import type { Field, Shape } from './field.ts'
import { isRecord, mapValues, own } from './plain.ts'

/** A field's value as a template would write it: durations as text, all else as it is. */
export function written(field: Field, value: unknown): unknown {
  const { kind, element, shape } = field.facts
  if (value === undefined || value === null) return null
  if (kind === 'duration') return typeof value === 'number' ? formatDuration(value) : value
  if (kind === 'list' && Array.isArray(value)) return value.map((each) => written(element!, each))
  if (kind === 'blocks' && Array.isArray(value)) return value.map((each) => writtenShape(shape!, each))
  if (kind === 'map' && isRecord(value)) return mapValues(value, (each) => written(element!, each))
  return kind === 'block' ? writtenShape(shape!, value) : value
}

/** The same for the fields of a shape; names that it does not have stay, so that decoding refuses them. */
export function writtenShape(shape: Shape, values: unknown): unknown {
  if (!isRecord(values)) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = own(shape, name) as Field | undefined
      return [name, field ? written(field, value) : value]
    }),
  )
}
