import type { Readable, Writable } from 'node:stream'
import type { Communicator, FileInfo } from '@ingot/plugin-rpc'

/** How files are copied: a communicator but for its commands. */
export type FileTransfer = Omit<Communicator, 'start'>

/** A file that is to be written on the machine. */
export interface UploadedFile {
  readonly path: string
  readonly source: Readable
  readonly info?: FileInfo
}

/** Bits of Go's `os.FileMode` that say that something is no plain file. */
const NO_FILE = 0x8f_28_00_00

/** What is known of a plain file; of anything else what was told does not count. */
export function plainInfo(info: FileInfo | undefined): FileInfo | undefined {
  return info && (info.mode & NO_FILE) === 0 ? info : undefined
}

/** Writes and waits until more can be; the target's owner ends it. */
export function write(target: Writable, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    target.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}

/** A chunk of a stream, whatever its owner made it yield. */
export function bytesOf(chunk: Uint8Array | string): Buffer {
  return typeof chunk === 'string'
    ? Buffer.from(chunk)
    : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
