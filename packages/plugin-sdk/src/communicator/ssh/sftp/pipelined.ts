import type { Readable, Writable } from 'node:stream'
import { bytesOf, write } from '../file-transfer.ts'
import type { OpenFile } from './sftp-files.ts'

/** How much goes in a request: bytes; every server takes as much. */
const CHUNK = 32_768

/** How many requests are on their way at once, so that the way to the machine and back does not count. */
const IN_FLIGHT = 64

/** Writes all of a stream, many pieces at once. */
export async function writeAll(file: OpenFile, source: Readable): Promise<void> {
  const flying = new Set<Promise<void>>()
  let failure: { readonly error: unknown } | undefined
  let position = 0
  try {
    for await (const chunk of source) {
      for (const piece of pieces(bytesOf(chunk))) {
        const sent: Promise<void> = file
          .write(piece, position)
          .catch((error) => {
            failure ??= { error }
          })
          .finally(() => flying.delete(sent))
        flying.add(sent)
        position += piece.length
        if (flying.size >= IN_FLIGHT) await Promise.race(flying)
        if (failure) throw failure.error
      }
    }
  } finally {
    await Promise.all(flying)
  }
  if (failure) throw failure.error
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

/** Reads a whole file into a stream, many pieces at once, and waits where the stream is slow. */
export async function readAll(file: OpenFile, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  const flying: Promise<Buffer>[] = []
  try {
    for (let position = 0; ; ) {
      for (; flying.length < IN_FLIGHT; position += CHUNK) flying.push(begun(wholePiece(file, position)))
      const piece = await flying.shift()!
      if (piece.length > 0) await take(piece)
      if (piece.length < CHUNK) return
    }
  } finally {
    await Promise.allSettled(flying)
  }
}

/** Keeps a failure from being called unhandled before its turn comes. */
function begun<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** A server may give less than it is asked for; less than a piece is at the end only. */
async function wholePiece(file: OpenFile, start: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let length = 0; length < CHUNK; ) {
    const part = await file.read(CHUNK - length, start + length)
    if (part.length === 0) break
    parts.push(part)
    length += part.length
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Reads a whole file into a stream; the stream's owner ends it. */
export function readInto(file: OpenFile, target: Writable): Promise<void> {
  return readAll(file, (chunk) => write(target, chunk))
}
