import type { Readable } from 'node:stream'
import { isGone } from '../soap/reply.ts'
import { type FileContext, type FileSession, withFileSession } from './file-session.ts'
import { COMMAND_LIMIT, powershell } from './powershell.ts'
import { directoryScript, restoreScript } from './scripts.ts'
import { isDirectoryPath, joinWindows } from './windows-path.ts'

/** A file on its way to the machine. */
export interface Upload {
  readonly path: string
  readonly source: Readable
  /** What it is called where the path is a directory. */
  readonly name: string
}

/**
 * Writes a file as WinRM allows it: lines of base64 are appended to a temporary file, from which PowerShell makes the
 * file itself.
 */
export function upload(context: FileContext, file: Upload): Promise<void> {
  return withFileSession(context, (session) => uploadIn(session, context, file))
}

/** The same in a session that copies several. */
export async function uploadIn(
  session: FileSession,
  context: FileContext,
  { path, source, name }: Upload,
): Promise<void> {
  const to = isDirectoryPath(path) ? joinWindows(path, name) : path
  const from = `%TEMP%\\ingot-${session.newId()}.tmp`
  const what = `Cannot upload to ${to}`
  try {
    const size = await appendAll(session, { source, from, what })
    await session.run(powershell(restoreScript({ from, to, name, size })), what)
  } catch (error) {
    if (!isGone(error)) await remove(context, from)
    throw error
  }
}

/** Makes a directory. */
export function makeDirectory(session: FileSession, path: string): Promise<void> {
  return session.run(powershell(directoryScript(path)), `Cannot make the directory ${path}`)
}

/** The end of a line is in each piece, and so is a space, lest a digit be taken for a stream's number. */
async function appendAll(
  session: FileSession,
  { source, from, what }: { source: Readable; from: string; what: string },
): Promise<number> {
  const append = (base64: string) => `echo ${base64} >> "${from}"`
  const pieceSize = Math.floor((COMMAND_LIMIT - append('').length) / 4) * 3
  let size = 0
  for await (const piece of pieces(source, pieceSize)) {
    await session.run(append(piece.toString('base64')), what)
    size += piece.length
  }
  return size
}

/** What a stream holds, in pieces of that many bytes but for the last. */
async function* pieces(stream: Readable, size: number): AsyncGenerator<Buffer> {
  let kept: Buffer = Buffer.alloc(0)
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    kept = Buffer.concat([kept, typeof chunk === 'string' ? Buffer.from(chunk) : chunk])
    for (; kept.length >= size; kept = kept.subarray(size)) yield kept.subarray(0, size)
  }
  if (kept.length > 0) yield kept
}

/** How long removing what was left may take: milliseconds. */
const REMOVE_TIMEOUT = 10_000

/** The failure that led here is the one to tell. */
async function remove({ service, newId }: FileContext, path: string): Promise<void> {
  const signal = AbortSignal.timeout(REMOVE_TIMEOUT)
  const removed = withFileSession({ service, newId, signal }, (session) =>
    session.run(`del /f /q "${path}"`, `Cannot remove ${path}`),
  )
  await removed.catch(() => {})
}
