import { WireError } from '../wire-error.ts'

const NANOSECONDS = 1_000_000

/** A timestamp's payload: 4, 8 or 12 bytes. Dates hold milliseconds; what is finer is cut off. */
export function readTimestamp(payload: Uint8Array): Date {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const date = new Date(milliseconds(view))
  if (Number.isNaN(date.getTime()))
    throw new WireError('wire.unsupported', 'A point in time is too far from today.')
  return date
}

function milliseconds(view: DataView): number {
  switch (view.byteLength) {
    case 4:
      return view.getUint32(0) * 1000
    case 8: {
      const both = view.getBigUint64(0)
      return Number(both & 0x3_ff_ff_ff_ffn) * 1000 + Math.floor(Number(both >> 34n) / NANOSECONDS)
    }
    case 12:
      return Number(view.getBigInt64(4)) * 1000 + Math.floor(view.getUint32(0) / NANOSECONDS)
    default:
      throw new WireError('wire.malformed', `A point in time has ${view.byteLength} bytes.`)
  }
}

/** The shortest payload that holds the date. */
export function writeTimestamp(date: Date): Uint8Array {
  const seconds = Math.floor(date.getTime() / 1000)
  const nanoseconds = (date.getTime() - seconds * 1000) * NANOSECONDS
  if (seconds < 0 || seconds >= 2 ** 34) return writeWide(seconds, nanoseconds)
  const view = new DataView(new ArrayBuffer(nanoseconds === 0 && seconds < 2 ** 32 ? 4 : 8))
  if (view.byteLength === 4) view.setUint32(0, seconds)
  else view.setBigUint64(0, (BigInt(nanoseconds) << 34n) | BigInt(seconds))
  return new Uint8Array(view.buffer)
}

function writeWide(seconds: number, nanoseconds: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(12))
  view.setUint32(0, nanoseconds)
  view.setBigInt64(4, BigInt(seconds))
  return new Uint8Array(view.buffer)
}
