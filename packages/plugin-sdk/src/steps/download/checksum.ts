import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { DownloadError } from './download-error.ts'

/** By the number of their hexadecimal digits. */
const algorithms = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
] as const)

/** How a checksum is made. */
export type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'

/** What a file must be. */
export interface Checksum {
  readonly algorithm: Algorithm
  /** In lower case. */
  readonly hex: string
}

/** A checksum as templates write it: itself, the file that lists it, or that there is none. */
export type ChecksumText =
  | { readonly kind: 'literal'; readonly checksum: Checksum }
  | { readonly kind: 'file'; readonly source: string }
  | { readonly kind: 'none' }

/**
 * Reads `sha256:…` and the like, hexadecimal digits alone, `file:URL` and `none`.
 * @throws DownloadError `checksum` for anything else.
 */
export function parseChecksum(text: string): ChecksumText {
  if (text === '' || text.toLowerCase() === 'none') return { kind: 'none' }
  const found = /^(md5|sha1|sha256|sha512|file):(.+)$/is.exec(text.trim())
  const [type, rest] = found ? [found[1]!.toLowerCase(), found[2]!] : [undefined, text.trim()]
  if (type === 'file') return { kind: 'file', source: rest }
  const checksum = checksumOf(rest)
  if (checksum && (type === undefined || type === checksum.algorithm)) return { kind: 'literal', checksum }
  throw new DownloadError('checksum', `"${text}" is no checksum: ${CHECKSUM_FORMS}`)
}

/** How a checksum is written, for messages. */
export const CHECKSUM_FORMS =
  'write md5:, sha1:, sha256: or sha512: with the hexadecimal digits, file: with the URL of a list, or none'

/** The digits tell by their number how they were made. */
export function checksumOf(hex: string): Checksum | undefined {
  const algorithm = algorithms.get(hex.length as 32)
  return algorithm && /^[0-9a-f]+$/i.test(hex) ? { algorithm, hex: hex.toLowerCase() } : undefined
}

/** As in `sha256:…`. */
export function formatChecksum({ algorithm, hex }: Checksum): string {
  return `${algorithm}:${hex}`
}

/** The checksum that a file has. */
export async function checksumOfFile(
  path: string,
  algorithm: Algorithm,
  signal: AbortSignal,
): Promise<Checksum> {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash, { signal })
  return { algorithm, hex: hash.digest('hex') }
}

/** @throws DownloadError `checksum` when the file is another one. */
export async function verifyFile(path: string, expected: Checksum, signal: AbortSignal): Promise<void> {
  const found = await checksumOfFile(path, expected.algorithm, signal)
  if (found.hex === expected.hex) return
  throw new DownloadError(
    'checksum',
    `The checksum should be ${formatChecksum(expected)}, but is ${formatChecksum(found)}`,
  )
}
