import { WireError } from '../wire-error.ts'

/*
 * A frame is a header of 12 bytes, big-endian: version, kind, flags (2), stream (4), length (4).
 * Only the header of a data frame is followed by bytes: `length` of them.
 */

export const HEADER_BYTES = 12

/** Frame kinds in the order of their numbers on the wire. */
const KINDS = ['data', 'window', 'ping', 'goAway'] as const

export type FrameKind = (typeof KINDS)[number]

export const SYN = 1
export const ACK = 2
export const FIN = 4
export const RST = 8

export interface Frame {
  readonly kind: FrameKind
  readonly flags: number
  /** 0 for frames that concern the whole session. */
  readonly stream: number
  /** Payload bytes, window delta, ping id or reason, by kind. */
  readonly length: number
}

/**
 * Takes one frame's header off the front. The payload of a data frame begins `rest`, which may hold
 * less than all of it: a frame may be as long as a window, and its bytes are passed on as they come.
 */
export function readFrame(bytes: Uint8Array): { frame: Frame; rest: Uint8Array } | 'more' {
  if (bytes.length < HEADER_BYTES) return 'more'
  const version = bytes[0]
  const kind = KINDS[bytes[1]!]
  if (version !== 0 || kind === undefined)
    throw new WireError(
      'wire.malformed',
      `No multiplexed frame starts with the bytes ${version} and ${bytes[1]}.`,
    )
  const frame = {
    kind,
    flags: (bytes[2]! << 8) | bytes[3]!,
    stream: readUint32(bytes, 4),
    length: readUint32(bytes, 8),
  }
  return { frame, rest: bytes.subarray(HEADER_BYTES) }
}

/** The header's bytes, with room for `payload` bytes after them. */
export function writeFrame(frame: Frame, payload = 0): Uint8Array {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload)
  bytes[0] = 0
  bytes[1] = KINDS.indexOf(frame.kind)
  bytes.writeUInt16BE(frame.flags, 2)
  bytes.writeUInt32BE(frame.stream, 4)
  bytes.writeUInt32BE(frame.length, 8)
  return bytes
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}
