const SECTOR = 512
const RESERVED = 1
const FAT_SECTORS = 9
const FATS = 2

/** Bytes of an image. */
export const FLOPPY_SIZE = 2880 * SECTOR

/** Files and folders that the root has room for, where all have short names; one place is the label's. */
export const ROOT_ENTRIES = 224

/** Bytes that are given to files at a time. */
export const CLUSTER = SECTOR

/** Where the root's entries begin. */
export const ROOT_START = (RESERVED + FATS * FAT_SECTORS) * SECTOR

const DATA_START = ROOT_START + ROOT_ENTRIES * 32

/** Bytes for files and folders. */
export const FLOPPY_CAPACITY = FLOPPY_SIZE - DATA_START

const FIRST_CLUSTER = 2
const END_OF_CHAIN = 0xfff
/** The medium's kind, which the table repeats. */
const MEDIUM = 0xff0

/** The space of an image, given away from its beginning, so that every chain is in one piece. */
export class Clusters {
  readonly #image: Buffer
  readonly #table: number[] = [MEDIUM, END_OF_CHAIN]

  constructor(image: Buffer) {
    this.#image = image
  }

  /** Answers the first cluster of the content; 0 where there is none. The caller has seen that it fits. */
  write(content: Uint8Array): number {
    const count = Math.ceil(content.length / CLUSTER)
    if (count === 0) return 0
    const first = this.#table.length
    for (let index = 1; index < count; index += 1) this.#table.push(first + index)
    this.#table.push(END_OF_CHAIN)
    this.rewrite(first, content)
    return first
  }

  rewrite(cluster: number, content: Uint8Array): void {
    this.#image.set(content, DATA_START + (cluster - FIRST_CLUSTER) * CLUSTER)
  }

  /** Writes both copies of the table. */
  finish(): void {
    const table = Buffer.alloc(FAT_SECTORS * SECTOR)
    for (const [index, next] of this.#table.entries()) setTwelveBits(table, index, next)
    for (let copy = 0; copy < FATS; copy += 1) {
      table.copy(this.#image, (RESERVED + copy * FAT_SECTORS) * SECTOR)
    }
  }
}

/** Two numbers share three bytes. */
function setTwelveBits(table: Buffer, index: number, value: number): void {
  const at = Math.floor(index * 1.5)
  const isOdd = index % 2 === 1
  const before = table.readUInt16LE(at)
  table.writeUInt16LE(isOdd ? (before & 0x000f) | (value << 4) : (before & 0xf000) | value, at)
}

/** The part of the boot sector that says how the space is divided. */
export function geometry(): Buffer {
  const bytes = Buffer.alloc(25)
  bytes.writeUInt16LE(SECTOR, 0)
  bytes.writeUInt8(CLUSTER / SECTOR, 2)
  bytes.writeUInt16LE(RESERVED, 3)
  bytes.writeUInt8(FATS, 5)
  bytes.writeUInt16LE(ROOT_ENTRIES, 6)
  bytes.writeUInt16LE(FLOPPY_SIZE / SECTOR, 8)
  bytes.writeUInt8(MEDIUM & 0xff, 10)
  bytes.writeUInt16LE(FAT_SECTORS, 11)
  // 18 sectors a track, two heads; no hidden sectors.
  bytes.writeUInt16LE(18, 13)
  bytes.writeUInt16LE(2, 15)
  return bytes
}
