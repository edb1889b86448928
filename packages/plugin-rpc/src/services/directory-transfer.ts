import type { DirectoryTransfer } from '../components.ts'
import { asFields, asText, asTexts } from './shape.ts'

export function writeDirectoryTransfer({
  source,
  target,
  exclude,
}: DirectoryTransfer): Record<string, unknown> {
  return { Dst: target, Src: source, Exclude: exclude.length > 0 ? exclude : null }
}

/** Throws a `WireError` for what is no such transfer. */
export function readDirectoryTransfer(argument: unknown): DirectoryTransfer {
  const fields = asFields(argument, 'A transfer of a directory')
  return {
    source: asText(fields['Src'], 'The directory to copy'),
    target: asText(fields['Dst'], 'The directory to copy to'),
    exclude: asTexts(fields['Exclude'], 'The list of what not to copy'),
  }
}
