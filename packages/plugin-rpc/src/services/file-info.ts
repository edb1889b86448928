import type { FileInfo } from '../components.ts'
import { asFields, asInteger, asText } from './shape.ts'

/** Go's zero time travels as nil, and so does a file of which nothing is known. */
export function writeFileInfo(info: FileInfo | undefined): Record<string, unknown> | null {
  return info ? { N: info.name, S: info.size, M: info.mode, T: info.modified ?? null } : null
}

/** Throws a `WireError` for what is no file information. */
export function readFileInfo(value: unknown): FileInfo | undefined {
  if (value === null || value === undefined) return undefined
  const fields = asFields(value, 'File information')
  const modified = fields['T']
  return {
    name: asText(fields['N'], "A file's name"),
    size: asInteger(fields['S'], "A file's size"),
    mode: asInteger(fields['M'], "A file's mode"),
    modified: modified instanceof Date ? modified : undefined,
  }
}
