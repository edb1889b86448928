import { metadataDepth, metadataSize } from './limits.ts'
import { Refusal } from './refusal.ts'

/** Refuses JSON that is too large or nested too deep to keep. */
export function checkMetadata(metadata: unknown): Refusal | undefined {
  if (deeper(metadata, metadataDepth))
    return new Refusal('json.too-deep', { field: 'metadata', limit: metadataDepth })
  const size = Buffer.byteLength(JSON.stringify(metadata ?? null))
  return size > metadataSize
    ? new Refusal('json.too-large', { field: 'metadata', limit: metadataSize })
    : undefined
}

function deeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => deeper(inner, levels - 1))
}
