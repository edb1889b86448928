import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { COMPONENT_KINDS, type ComponentKind, PROTOBUF_FLAG } from '../src/handshake.ts'
import type { Frame } from '../src/yamux/frame.ts'
import { HEADER_BYTES } from '../src/yamux/frame.ts'
import { FrameReader } from '../src/yamux/frame-reader.ts'

/*
 * Recordings are what real packers and a plugin of HashiCorp's SDK said to each other. A file is one plugin process:
 * its command line, and then a line per piece as it went over the socket. Names are the version of packer, what happens,
 * the number of the process in that run, and the kind of component.
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

export interface Recording {
  /** The plugin's command line: `start builder --protobuf image`. */
  readonly args: readonly string[]
  readonly pieces: readonly Piece[]
}

export function readRecording(name: string): Recording {
  const [first, ...lines] = gunzipSync(readFileSync(new URL(`${name}.jsonl.gz`, folder)))
    .toString()
    .trimEnd()
    .split('\n')
  const pieces = lines.map((line) => {
    const { from, bytes } = JSON.parse(line)
    return { from, bytes: Buffer.from(bytes, 'base64') }
  })
  return { ...JSON.parse(first!), pieces }
}

export interface RecordedComponent {
  readonly kind: ComponentKind
  readonly protobuf: boolean
}

export function componentOf(name: string): RecordedComponent {
  const { args } = readRecording(name)
  return { kind: COMPONENT_KINDS.find((kind) => kind === args[1])!, protobuf: args.includes(PROTOBUF_FLAG) }
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
