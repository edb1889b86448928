import { type Checksum, checksumOf } from './checksum.ts'
import { DownloadError } from './download-error.ts'

/** `SHA256 (disk.iso) = 1234…` */
const bsd = /^[a-z0-9-]+ ?\((.+)\) ?= ?([0-9a-f]+)$/i
/** `1234…  disk.iso`, with an asterisk for binary files. */
const gnu = /^([0-9a-f]+)(?:[ \t]+\*?(.+))?$/i

interface Listed {
  readonly checksum: Checksum
  /** Undefined where the checksum stands alone. */
  readonly name: string | undefined
}

/**
 * Finds a file's checksum in a list as `sha256sum` and its kin write it. Of several with that name the longest is taken.
 * @throws DownloadError `checksum` where there is none.
 */
export function findChecksum(list: string, fileName: string): Checksum {
  const all = list
    .split('\n')
    .map(readLine)
    .filter((each) => each !== undefined)
  const named = all.filter(({ name }) => name !== undefined && lastPart(name) === fileName)
  const found =
    named.length > 0 ? named : all.filter(({ name }, _, { length }) => name === undefined && length === 1)
  const [best] = found.sort((one, other) => other.checksum.hex.length - one.checksum.hex.length)
  if (best) return best.checksum
  throw new DownloadError('checksum', `The list of checksums has none for ${fileName}`)
}

function readLine(line: string): Listed | undefined {
  const text = line.trim()
  if (text.length > LONGEST_LINE) return
  const [, bsdName, bsdHex] = bsd.exec(text) ?? []
  const [, gnuHex, gnuName] = gnu.exec(text) ?? []
  const checksum = checksumOf(bsdHex ?? gnuHex ?? '')
  return checksum && { checksum, name: bsdName ?? gnuName }
}

/** Characters of a line that is looked at. */
const LONGEST_LINE = 4096

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}
