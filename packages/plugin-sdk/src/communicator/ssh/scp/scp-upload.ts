import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DirectoryTransfer } from '@ingot/plugin-rpc'
import { meansContent } from '../excluded.ts'
import { plainInfo, type UploadedFile } from '../file-transfer.ts'
import type { Link } from '../link.ts'
import { walkTree } from '../local-tree.ts'
import { quoted, takeApart } from './remote-path.ts'
import { type ScpSession, withScp } from './scp-session.ts'

/** Permissions of a file of which none are known. */
const USUAL_MODE = 0o644

/** Writes a file with the machine's `scp`. The protocol needs its length first, so one of unknown length goes by a file here. */
export async function scpUpload(link: Link, { path, source, info }: UploadedFile): Promise<void> {
  const known = plainInfo(info)
  if (known) return sendTo(link, path, { source, mode: known.mode & 0o777, size: known.size })
  const folder = await mkdtemp(join(tmpdir(), 'ingot-scp-'))
  try {
    const spool = join(folder, 'content')
    const file = await open(spool, 'w', 0o600)
    await pipeline(source, file.createWriteStream())
    const { size } = await stat(spool)
    await sendTo(link, path, { source: createReadStream(spool), mode: USUAL_MODE, size })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Content {
  readonly source: Readable
  readonly mode: number
  readonly size: number
}

function sendTo(link: Link, path: string, content: Content): Promise<void> {
  const { directory, name } = takeApart(path)
  return withScp(link, `-t ${quoted(directory)}`, async (session) => {
    await session.agreed()
    await sendFile(session, name, content)
  })
}

async function sendFile(session: ScpSession, name: string, { source, mode, size }: Content): Promise<void> {
  await session.tell(`C${octal(mode)} ${size} ${name}`)
  await session.send(source, size)
}

/**
 * Copies a directory with the machine's `scp`. It starts one above the target, so that a target that is not there
 * becomes a directory and not, by accident, the first file.
 */
export function scpUploadDirectory(
  link: Link,
  { source, target, exclude }: DirectoryTransfer,
): Promise<void> {
  const { directory, name } = startOf(target)
  return withScp(link, `-r -t ${quoted(directory)}`, async (session) => {
    await session.agreed()
    if (name) await session.tell(`D0755 0 ${name}`)
    for await (const entry of walkTree({ source, exclude })) {
      const isHidden = entry.path === '' && meansContent(source)
      if (isHidden) continue
      if (entry.kind === 'directory') await session.tell(`D${octal(entry.mode)} 0 ${entry.name}`)
      else if (entry.kind === 'leave') await session.tell('E')
      else await sendFile(session, entry.name, { ...entry, source: createReadStream(entry.local) })
    }
    if (name) await session.tell('E')
  })
}

/** Directories that have no name of their own are started in. */
function startOf(target: string) {
  const { directory, name } = takeApart(target)
  return /^(\.{0,2}|~.*|[A-Za-z]:)$/.test(name) && (directory === '.' || name === '..' || name === '')
    ? { directory: target, name: '' }
    : { directory, name }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
