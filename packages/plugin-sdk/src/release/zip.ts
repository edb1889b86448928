import { promisify } from 'node:util'
import type { AsyncZippable } from 'fflate'

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
  readonly executable: boolean
}

/** What archives of Unix say of their maker, so that file modes count. */
const UNIX = 3

/** An archive that depends on its entries alone: no clock, user or system library gets into it. */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const { zip } = await import('fflate')
  // The first instant that an archive can name, in local time, as which it is written.
  const mtime = new Date(1980, 0, 1)
  const files: AsyncZippable = {}
  for (const { name, content, executable } of entries) {
    const mode = 0o100000 | (executable ? 0o755 : 0o644)
    files[name] = [content, { level: 9, mtime, os: UNIX, attrs: (mode << 16) >>> 0 }]
  }
  return promisify(
    zip as (data: AsyncZippable, done: (error: Error | null, data: Uint8Array) => void) => void,
  )(files)
}
