import { promisify } from 'node:util'
import { zstdDecompress, zstdDecompressSync } from 'node:zlib'
import { sbomUnpackedSize } from '../domain/limits.ts'
import type { SbomProblem } from './parse-sbom.ts'

const decompress = promisify(zstdDecompress)

/** Unpacks what a client sent; stops at the limit, however small the sent bytes are. */
export function unpackSent(compressed: Uint8Array): Buffer | SbomProblem {
  try {
    return zstdDecompressSync(compressed, { maxOutputLength: sbomUnpackedSize })
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return { code: 'sbom.too-large', limit: sbomUnpackedSize }
    const problem = 'its content is not compressed with zstd, or is cut off'
    if (/^ZSTD_|^Z_/.test(codeOf(error))) return { code: 'sbom.unreadable', problem }
    throw error
  }
}

/** Unpacks what was unpacked before, without holding others up. */
export function unpackKept(compressed: Buffer): Promise<Buffer> {
  return decompress(compressed, { maxOutputLength: sbomUnpackedSize })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
