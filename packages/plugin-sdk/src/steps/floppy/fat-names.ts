/** A file or folder as its folder lists it. */
export interface FatEntry {
  readonly name: string
  readonly cluster: number
  readonly size: number
  readonly isFolder: boolean
}

const ENTRY = 32
const LONGEST_NAME = 255
/** Characters of a long name that one entry holds. */
const PIECE = 13

const READ_ONLY_HIDDEN_SYSTEM_LABEL = 0x0f
const LABEL = 0x08
const FOLDER = 0x10
const ARCHIVE = 0x20

/** Why a file cannot have that name. */
export function nameProblem(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `a name has at most ${LONGEST_NAME} characters`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no name may have
  if (/["*:<>?|\u0000-\u001f]/.test(name)) return 'a name has none of " * : < > ? |'
  if (name === '..' || /[. ]$/.test(name)) return 'a name ends in no dot or space'
}

/** The label in its field. */
export function paddedLabel(label: string): Buffer {
  return Buffer.from(label.toUpperCase().slice(0, 11).padEnd(11), 'latin1')
}

/** The label as an entry of the root. */
export function labelEntry(label: string, time: Date): Buffer {
  return shortEntry(paddedLabel(label), { attributes: LABEL, cluster: 0, size: 0, time })
}

/** The entries of a folder; a name that is more than a short one has entries of its own before the file's. */
export function directoryEntries(entries: readonly FatEntry[], time: Date): Buffer {
  const taken = new Set<string>()
  return Buffer.concat(
    entries.flatMap(({ name, cluster, size, isFolder }) => {
      const short = shortName(name, taken)
      taken.add(short)
      const bytes = Buffer.from(short, 'latin1')
      const attributes = isFolder ? FOLDER : ARCHIVE
      return [...longEntries(name, bytes), shortEntry(bytes, { attributes, cluster, size, time })]
    }),
  )
}

interface ShortFacts {
  readonly attributes: number
  readonly cluster: number
  readonly size: number
  readonly time: Date
}

function shortEntry(name: Buffer, { attributes, cluster, size, time }: ShortFacts): Buffer {
  const entry = Buffer.alloc(ENTRY)
  name.copy(entry)
  entry.writeUInt8(attributes, 11)
  const [day, clock] = [dateBits(time), timeBits(time)]
  entry.writeUInt16LE(clock, 14)
  entry.writeUInt16LE(day, 16)
  entry.writeUInt16LE(day, 18)
  entry.writeUInt16LE(clock, 22)
  entry.writeUInt16LE(day, 24)
  entry.writeUInt16LE(cluster, 26)
  entry.writeUInt32LE(size, 28)
  return entry
}

function dateBits(time: Date): number {
  const year = Math.min(Math.max(time.getUTCFullYear() - 1980, 0), 127)
  return (year << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
}

function timeBits(time: Date): number {
  return (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1)
}

/** Eleven characters: eight and three, without the dot. */
function shortName(name: string, taken: ReadonlySet<string>): string {
  if (name === '.' || name === '..') return name.padEnd(11)
  if (isShort(name)) return padded(...parts(name))
  const [stem, extension] = parts(name.toUpperCase().replace(/[ ]/g, ''))
  const [start, end] = [allowed(stem).replace(/\./g, ''), allowed(extension).slice(0, 3)]
  for (let number = 1; ; number += 1) {
    const tail = `~${number}`
    const candidate = padded(start.slice(0, 8 - tail.length) + tail, end)
    if (!taken.has(candidate)) return candidate
  }
}

function isShort(name: string): boolean {
  return /^[A-Z0-9!#$%&'()@^_`{}~-]{1,8}(\.[A-Z0-9!#$%&'()@^_`{}~-]{1,3})?$/.test(name) && !/~\d/.test(name)
}

function parts(name: string): [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, '']
}

function allowed(text: string): string {
  return text.replace(/[^A-Z0-9!#$%&'()@^_`{}~.-]/g, '_')
}

function padded(stem: string, extension: string): string {
  return stem.padEnd(8) + extension.padEnd(3)
}

/** The last piece comes first. */
function longEntries(name: string, short: Buffer): readonly Buffer[] {
  if (name === '.' || name === '..' || isShort(name)) return []
  const count = Math.ceil(name.length / PIECE)
  const ended = name.length % PIECE === 0 ? name : `${name}\0`
  const text = ended.padEnd(count * PIECE, '\uffff')
  return Array.from({ length: count }, (_, index) =>
    longEntry(text.slice(index * PIECE, (index + 1) * PIECE), {
      order: index + 1 + (index + 1 === count ? 0x40 : 0),
      checksum: checksum(short),
    }),
  ).reverse()
}

function longEntry(
  piece: string,
  { order, checksum }: { readonly order: number; readonly checksum: number },
): Buffer {
  const entry = Buffer.alloc(ENTRY)
  const text = Buffer.from(piece, 'utf16le')
  entry.writeUInt8(order, 0)
  text.copy(entry, 1, 0, 10)
  entry.writeUInt8(READ_ONLY_HIDDEN_SYSTEM_LABEL, 11)
  entry.writeUInt8(checksum, 13)
  text.copy(entry, 14, 10, 22)
  text.copy(entry, 28, 22, 26)
  return entry
}

/** Ties the entries of a long name to that of the short one. */
function checksum(short: Buffer): number {
  return short.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0)
}
