import { createWriteStream } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { DirectoryTransfer } from '@ingot/plugin-rpc'
import { isExcluded, meansContent } from '../excluded.ts'
import { write } from '../file-transfer.ts'
import type { Link } from '../link.ts'
import { safeName } from '../safe-name.ts'
import { SshError } from '../ssh-error.ts'
import { quoted } from './remote-path.ts'
import { type ScpSession, withScp } from './scp-session.ts'

/** How many directories may be in each other. */
export const SCP_DEPTH_LIMIT = 256

interface Record {
  readonly kind: string
  readonly mode: number
  readonly size: number
  readonly name: string
}

/** Reads a file with the machine's `scp`. */
export function scpDownload(link: Link, path: string, target: Writable): Promise<void> {
  return withScp(link, `-f ${quoted(path)}`, async (session) => {
    await session.agree()
    const record = readRecord(await session.next())
    if (record.kind === 'D') throw new SshError('file', `${path} is a directory on the machine`)
    await session.receive(record.size, (chunk) => write(target, chunk))
  })
}

/** Copies a directory from the machine with its `scp`. */
export function scpDownloadDirectory(
  link: Link,
  { source, target, exclude }: DirectoryTransfer,
): Promise<void> {
  const args = `-r -f ${quoted(source.replace(/(?<=.)[/\\]+$/, ''))}`
  return withScp(link, args, async (session) => {
    const root = resolve(target)
    await mkdir(root, { recursive: true })
    await session.agree()
    const receiving = new Receiving(session, { root, exclude, skipsTop: meansContent(source) })
    for (let line = await session.next(); line !== undefined; line = await session.next())
      await receiving.take(line)
  })
}

interface Place {
  readonly root: string
  readonly exclude: readonly string[]
  /** Whether the topmost directory is not made, but its content is put in the target. */
  readonly skipsTop: boolean
}

/** What comes of a directory, one record after the other. */
class Receiving {
  readonly #session: ScpSession
  readonly #place: Place
  readonly #inside: string[] = []

  constructor(session: ScpSession, place: Place) {
    this.#session = session
    this.#place = place
  }

  async take(line: string): Promise<void> {
    if (line.startsWith('E')) {
      if (this.#inside.pop() === undefined)
        throw new SshError('file', `The machine's scp leaves a directory it never entered`)
      await this.#session.agree()
      return
    }
    const record = readRecord(line)
    const path = [...this.#inside, record.name].slice(1).join('/')
    const wanted = !isExcluded(path, this.#place.exclude)
    if (record.kind === 'D') await this.#enter(record, wanted)
    else await this.#file(record, wanted)
  }

  async #enter({ name, mode }: Record, isWanted: boolean): Promise<void> {
    if (this.#inside.length >= SCP_DEPTH_LIMIT) {
      throw new SshError(
        'file',
        `The machine's scp sends more than ${SCP_DEPTH_LIMIT} directories within each other`,
      )
    }
    this.#inside.push(name)
    const isTop = this.#inside.length === 1 && this.#place.skipsTop
    if (isWanted && !isTop) {
      await mkdir(this.#local(), { recursive: true })
      await chmod(this.#local(), mode | 0o700)
    }
    await this.#session.agree()
  }

  async #file({ name, mode, size }: Record, isWanted: boolean): Promise<void> {
    if (!isWanted) return this.#session.receive(size, async () => {})
    const path = join(this.#local(), name)
    const target = createWriteStream(path, { mode })
    try {
      await this.#session.receive(size, (chunk) => write(target, chunk))
    } finally {
      target.end()
      await finished(target)
    }
    await chmod(path, mode)
  }

  #local(): string {
    return join(this.#place.root, ...this.#inside.slice(this.#place.skipsTop ? 1 : 0))
  }
}

/** The permissions, length and name of what comes. */
function readRecord(line: string | undefined): Record {
  const [, kind, mode = '', size = '', name = ''] =
    /^([CD])([0-7]{3,5}) (\d{1,16}) (.+)$/s.exec(line ?? '') ?? []
  if (kind === undefined) {
    throw new SshError(
      'file',
      line === undefined
        ? 'The machine sends nothing'
        : `The machine's scp sends something unknown: ${JSON.stringify(line.slice(0, 80))}`,
    )
  }
  return { kind, mode: Number.parseInt(mode, 8) & 0o777, size: Number(size), name: safeName(name) }
}
