import { WireError } from '../wire-error.ts'

/** The longest encoded spec that is read, in bytes; the largest of real plugins has some 100 kB. */
export const MAX_SPEC_BYTES = 16 * 1024 * 1024

/** How deep blocks, and the types of attributes, may nest. */
export const MAX_SPEC_DEPTH = 100

export function assertSpecSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_SPEC_BYTES)
    throw new WireError(
      'wire.limit',
      `A spec of ${bytes.length} bytes is longer than the ${MAX_SPEC_BYTES} allowed.`,
    )
}

export function assertSpecDepth(depth: number): void {
  if (depth > MAX_SPEC_DEPTH)
    throw new WireError('wire.limit', `A spec nests deeper than the ${MAX_SPEC_DEPTH} levels allowed.`)
}
