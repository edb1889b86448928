import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** The algorithms that templates may name, as functions of a file and as fields of the first one. */
export const algorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const
export type Algorithm = (typeof algorithms)[number]

/** Checksums by algorithm, then by file, in hexadecimal. */
export type Checksums = ReadonlyMap<Algorithm, ReadonlyMap<string, string>>

/** The algorithms that any of the texts names: images are large, so nothing is read that nobody asks for. */
export function namedAlgorithms(texts: readonly string[]): readonly Algorithm[] {
  return algorithms.filter((algorithm) => {
    const name = new RegExp(`\\{\\{[^}]*\\b${algorithm}\\b`, 'i')
    return texts.some((text) => name.test(text))
  })
}

/** Reads each file once for each algorithm. Ends when the signal is aborted. */
export async function checksumsOf(
  files: readonly string[],
  wanted: readonly Algorithm[],
  signal: AbortSignal,
): Promise<Checksums> {
  const all = new Map<Algorithm, ReadonlyMap<string, string>>()
  for (const algorithm of wanted) {
    const sums = new Map<string, string>()
    for (const file of files) sums.set(file, await checksum(file, algorithm, signal))
    all.set(algorithm, sums)
  }
  return all
}

async function checksum(file: string, algorithm: Algorithm, signal: AbortSignal): Promise<string> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash, { signal })
  return hash.digest('hex')
}
