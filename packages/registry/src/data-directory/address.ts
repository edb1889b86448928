import type { Layout } from './layout.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

/** Where a server listens, or listened last. */
export interface Address {
  /** The base address for clients, for example `https://localhost:8443`. */
  readonly url: string
  readonly pid: number
}

export function writeAddress(files: Layout, address: Address): void {
  writePrivateFile(files.address, `${JSON.stringify(address)}\n`)
}

/** The last address; nothing when no server has listened yet or the file cannot be understood: the next start writes it anew. */
export function readAddress(files: Layout): Address | undefined {
  const text = readPrivateFile(files.address)
  const found = text && /^\{"url":"(https:\/\/[^"]{1,300})","pid":(\d{1,10})\}\s*$/.exec(text)
  if (found) return { url: found[1]!, pid: Number(found[2]) }
}
