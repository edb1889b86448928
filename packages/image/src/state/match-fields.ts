import { excerpt, kindOf } from '../error.ts'
import type { StringMap } from '../string-map.ts'
import type { ImageState } from './encode.ts'

/**
 * Something in a state value that is in no image.
 *
 * @example
 * import { type Dropped, decodeImages } from '@ingot/image'
 *
 * const dropped: readonly Dropped[] = decodeImages({ image_id: 'img-1' }).dropped
 *
 * dropped // → [{ path: '[0].image_id', reason: 'is no field; it is written ImageID' }]
 */
export interface Dropped {
  /** Where: `[0].image_id`. */
  readonly path: string
  /** Why, and what the author of the plugin can do. */
  readonly reason: string
}

const names = ['ImageID', 'ProviderName', 'ProviderRegion', 'Labels', 'SourceImageID'] as const

// Unicode's simple case folding, as Go's strings.EqualFold.
const patterns = names.map((name) => ({ name, pattern: new RegExp(`^${name}$`, 'iu') }))

/** Finds Go's fields among the keys: the exact name first, else the first key that differs in case only. */
export function matchFields(
  map: StringMap<unknown>,
  path: string,
  dropped: Dropped[],
): Partial<Record<keyof ImageState, unknown>> {
  const entries: [unknown, unknown][] = map instanceof Map ? [...map] : Object.entries(map)
  const used = new Map<keyof ImageState, [unknown, unknown]>()
  for (const entry of entries) {
    const field = fieldOf(entry[0])
    if (field !== undefined && (!used.has(field) || entry[0] === field)) used.set(field, entry)
  }
  const kept = new Set(used.values())
  for (const entry of entries) if (!kept.has(entry)) dropped.push(report(entry[0], path))
  return Object.fromEntries([...used].map(([field, [, value]]) => [field, value]))
}

function fieldOf(key: unknown): keyof ImageState | undefined {
  return typeof key === 'string' ? patterns.find(({ pattern }) => pattern.test(key))?.name : undefined
}

function report(key: unknown, path: string): Dropped {
  if (typeof key !== 'string')
    return { path, reason: `has ${kindOf(key)} for a key; field names are strings` }
  const at = `${path}.${excerpt(key)}`
  if (fieldOf(key) !== undefined)
    return { path: at, reason: 'is the same field as another key; give it once' }
  const meant = fieldOf(key.replace(/[^A-Za-z]/g, ''))
  return {
    path: at,
    reason: meant ? `is no field; it is written ${meant}` : `is no field; those are ${names.join(', ')}`,
  }
}
