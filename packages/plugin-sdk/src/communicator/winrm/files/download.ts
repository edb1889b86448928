import { Writable } from 'node:stream'
import { WinRMError } from '../winrm-error.ts'
import type { FileSession } from './file-session.ts'
import { powershell } from './powershell.ts'
import { listScript, readScript } from './scripts.ts'
import { partsBelow } from './windows-path.ts'

/** The longest line that is taken from a script: characters. Its own have 65 536. */
export const LINE_LIMIT = 131_072

/** How many files and directories a directory that is downloaded may hold. */
export const ENTRY_LIMIT = 100_000

/** Reads a file of the machine. The target stays open. */
export async function download(session: FileSession, path: string, target: Writable): Promise<void> {
  const what = `Cannot download ${path}`
  const lines = new LineSink((line) => deliver(target, Buffer.from(base64(line, what), 'base64')))
  await session.run(powershell(readScript(path)), what, lines)
  await lines.flush()
}

/** A file or directory below another. */
export interface Entry {
  readonly isDirectory: boolean
  readonly parts: readonly string[]
}

/** What is in a directory of the machine, at any depth; what a directory holds comes after it. */
export async function list(session: FileSession, path: string): Promise<Entry[]> {
  const what = `Cannot list ${path}`
  const entries: Entry[] = []
  const lines = new LineSink(async (line) => {
    if (entries.length === ENTRY_LIMIT)
      throw new WinRMError('file', `${what}: it holds more than ${ENTRY_LIMIT} files`)
    entries.push(entryOf(line, what))
  })
  await session.run(powershell(listScript(path)), what, lines)
  await lines.flush()
  return entries
}

function entryOf(line: string, what: string): Entry {
  const kind = line[0]
  const path = Buffer.from(base64(line.slice(1), what), 'base64').toString('utf8')
  const parts = partsBelow(path)
  if ((kind !== 'd' && kind !== 'f') || !parts)
    throw new WinRMError('protocol', `${what}: the machine tells of a file that cannot be in it`)
  return { isDirectory: kind === 'd', parts }
}

function base64(text: string, what: string): string {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return text
  throw new WinRMError('protocol', `${what}: the machine wrote something else than the file`)
}

function deliver(target: Writable, data: Buffer): Promise<void> {
  return new Promise((resolve, reject) => target.write(data, (error) => (error ? reject(error) : resolve())))
}

/** Takes lines of ASCII one after the other; empty ones mean nothing. */
class LineSink extends Writable {
  readonly #take: (line: string) => Promise<void>
  #begun = ''

  constructor(take: (line: string) => Promise<void>) {
    super()
    // Who writes hears of it too.
    this.on('error', () => {})
    this.#take = take
  }

  override _write(chunk: Buffer, _: unknown, done: (error?: Error) => void): void {
    this.#takeAll(chunk.toString('latin1')).then(() => done(), done)
  }

  async #takeAll(text: string): Promise<void> {
    const lines = (this.#begun + text).split('\n')
    this.#begun = lines.pop()!
    if (this.#begun.length > LINE_LIMIT)
      throw new WinRMError('protocol', 'The machine wrote a line that is too long')
    for (const line of lines) await this.#takeOne(line)
  }

  async flush(): Promise<void> {
    const last = this.#begun
    this.#begun = ''
    await this.#takeOne(last)
  }

  async #takeOne(line: string): Promise<void> {
    const text = line.trim()
    if (text !== '') await this.#take(text)
  }
}
