import { paddedLabel } from './fat-names.ts'
import { geometry } from './fat-space.ts'

interface Facts {
  readonly label: string
  readonly serial: number
}

/** Code at the end of the header: has the BIOS try the next medium, since this one boots nothing. */
const tryNext = [0xcd, 0x18, 0xeb, 0xfe]

/** The first sector of an image. */
export function bootSector({ label, serial }: Facts): Buffer {
  const sector = Buffer.alloc(512)
  sector.set([0xeb, 0x3c, 0x90])
  sector.write('MSDOS5.0', 3, 'latin1')
  geometry().copy(sector, 11)
  sector.writeUInt8(0x29, 38)
  sector.writeUInt32LE(serial >>> 0, 39)
  paddedLabel(label).copy(sector, 43)
  sector.write('FAT12   ', 54, 'latin1')
  sector.set(tryNext, 62)
  sector.writeUInt16LE(0xaa55, 510)
  return sector
}
