import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Frame } from '../src/yamux/frame.ts'
import { HEADER_BYTES } from '../src/yamux/frame.ts'
import { FrameReader } from '../src/yamux/frame-reader.ts'

/*
 * Recordings are what real packers and a plugin of HashiCorp's SDK said to each other: one file per plugin
 * process, a line per piece as it went over the socket.
 */

const folder = new URL('./fixtures/recordings/', import.meta.url)

export type Speaker = 'host' | 'plugin'

export interface Piece {
  readonly from: Speaker
  readonly bytes: Buffer
}

export interface RecordedFrame extends Frame {
  readonly from: Speaker
  readonly payload: Buffer
}

export function recordingNames(): string[] {
  return readdirSync(folder).map((file) => file.replace('.jsonl.gz', ''))
}

export function readRecording(name: string): Piece[] {
  const lines = gunzipSync(readFileSync(new URL(`${name}.jsonl.gz`, folder)))
    .toString()
    .trimEnd()
    .split('\n')
  return lines.map((line) => {
    const { from, bytes } = JSON.parse(line)
    return { from, bytes: Buffer.from(bytes, 'base64') }
  })
}

/** The frames in the order in which they were complete. Throws where bytes are left. */
export function framesOf(pieces: readonly Piece[]): RecordedFrame[] {
  const frames: RecordedFrame[] = []
  const readers = { host: frameReader('host', frames), plugin: frameReader('plugin', frames) }
  for (const { from, bytes } of pieces) readers[from].push(bytes)
  for (const from of ['host', 'plugin'] as const) {
    const spoken = pieces
      .filter((piece) => piece.from === from)
      .reduce((sum, { bytes }) => sum + bytes.length, 0)
    const framed = frames.filter((frame) => frame.from === from)
    const used = framed.reduce((sum, { payload }) => sum + HEADER_BYTES + payload.length, 0)
    if (used !== spoken) throw new Error(`${spoken - used} bytes of the ${from} are in no frame.`)
  }
  return frames
}

function frameReader(from: Speaker, frames: RecordedFrame[]): FrameReader {
  return new FrameReader({
    frame: (frame) => frames.push({ ...frame, from, payload: Buffer.alloc(0) }),
    payload: (piece) => {
      const at = frames.findLastIndex((frame) => frame.from === from)
      frames[at] = { ...frames[at]!, payload: Buffer.concat([frames[at]!.payload, piece]) }
    },
  })
}
