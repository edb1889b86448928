import { excerpt, ImageError, kindOf } from '../error.ts'
import { isStringMap } from '../string-map.ts'
import { weakString } from './weak-string.ts'

/**
 * How deep lists may nest where labels belong; core merges the maps in them.
 *
 * @example
 * import { decodeImages, MAX_LABEL_NESTING } from '@ingot/image'
 *
 * MAX_LABEL_NESTING >= 2 // → true
 * decodeImages({ Labels: [[{ os: 'linux' }], { team: 'lab' }] }).images[0]?.labels // → { os: 'linux', team: 'lab' }
 */
export const MAX_LABEL_NESTING = 64

/** Labels by mapstructure's weak rules: keys and values become strings, a list of maps becomes one, later ones win. */
export function decodeLabels(value: unknown, path: string): Record<string, string> {
  return Object.fromEntries(collect(value, path, 0))
}

function collect(value: unknown, path: string, depth: number): [string, string][] {
  if (value === null || value === undefined) return []
  if (depth > MAX_LABEL_NESTING) throw undecodable(path, `lists nested more than ${MAX_LABEL_NESTING} deep`)
  if (Array.isArray(value))
    return value.flatMap((item, index) => collect(item, `${path}[${index}]`, depth + 1))
  if (value instanceof Uint8Array && value.length === 0) return []
  if (!isStringMap(value)) throw undecodable(path, `must be a map, not ${kindOf(value)}`)
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  return entries.map(([key, label]) => {
    const name = weakString(key)
    if (name === undefined) throw undecodable(path, `has ${kindOf(key)} for a key; keys must be strings`)
    return [name, labelText(label, `${path}[${excerpt(name)}]`)]
  })
}

function labelText(label: unknown, path: string): string {
  const converted = weakString(label)
  if (converted === undefined)
    throw undecodable(path, `must be a string, not ${kindOf(label)}; labels do not nest`)
  return converted
}

const undecodable = (path: string, reason: string): ImageError =>
  new ImageError('state.undecodable', path, reason)
