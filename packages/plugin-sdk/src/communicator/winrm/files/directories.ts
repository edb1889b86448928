import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, opendir, realpath, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { DirectoryTransfer } from '@ingot/plugin-rpc'
import { download, type Entry, list } from './download.ts'
import { type FileContext, type FileSession, withFileSession } from './file-session.ts'
import { makeDirectory, uploadIn } from './upload.ts'
import { isDirectoryPath, joinWindows, windowsName } from './windows-path.ts'

/** Copies a directory to the machine; with a slash at its end what is in it, else the directory itself. */
export async function uploadDirectory(context: FileContext, transfer: DirectoryTransfer): Promise<void> {
  const { source, target } = transfer
  const from = resolve(source)
  const to = isDirectoryPath(source) ? target : joinWindows(target, basename(from))
  // Before anything is made over there.
  await stat(from)
  await withFileSession(context, async (session) => {
    await makeDirectory(session, to)
    for await (const { isDirectory, parts } of walk(from, isWanted(transfer))) {
      const path = joinWindows(to, ...parts)
      if (isDirectory) await makeDirectory(session, path)
      else await uploadFile(session, context, { from: join(from, ...parts), to: path })
    }
  })
}

async function uploadFile(
  session: FileSession,
  context: FileContext,
  { from, to }: { from: string; to: string },
) {
  const source = createReadStream(from)
  try {
    await uploadIn(session, context, { path: to, source, name: basename(from) })
  } finally {
    source.destroy()
  }
}

/** Files and directories below one of this machine's; what a link leads to, but for directories that it is in. */
async function* walk(
  root: string,
  isTaken: (parts: readonly string[]) => boolean,
  parts: readonly string[] = [],
  above: readonly string[] = [],
): AsyncGenerator<Entry> {
  const real = await realpath(join(root, ...parts))
  if (above.includes(real)) return
  for await (const { name } of await opendir(real)) {
    const below = [...parts, name]
    if (!isTaken(below)) continue
    const found = await stat(join(real, name))
    if (found.isDirectory()) {
      yield { isDirectory: true, parts: below }
      yield* walk(root, isTaken, below, [...above, real])
    } else if (found.isFile()) yield { isDirectory: false, parts: below }
  }
}

/** Copies a directory from the machine; the slash counts as for uploads. */
export async function downloadDirectory(context: FileContext, transfer: DirectoryTransfer): Promise<void> {
  const { source, target } = transfer
  const to = isDirectoryPath(source) ? resolve(target) : join(resolve(target), windowsName(source))
  const isTaken = isWanted(transfer)
  await withFileSession(context, async (session) => {
    const entries = await list(session, source)
    await mkdir(to, { recursive: true })
    for (const { isDirectory, parts } of entries) {
      const path = join(to, ...parts)
      if (!isTaken(parts)) continue
      if (isDirectory) await mkdir(path, { recursive: true })
      else await toFile(path, (file) => download(session, joinWindows(source, ...parts), file))
    }
  })
}

async function toFile(path: string, fill: (file: Writable) => Promise<void>): Promise<void> {
  const file = createWriteStream(path)
  const written = finished(file)
  try {
    await Promise.race([fill(file), written])
    file.end()
    await written
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
}

function isWanted({ exclude }: DirectoryTransfer): (parts: readonly string[]) => boolean {
  const excluded = exclude.map((path) => path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.'))
  return (parts) =>
    !excluded.some((each) => each.length > 0 && each.every((part, index) => part === parts[index]))
}
