import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { DirectoryTransfer } from '@ingot/plugin-rpc'
import { isExcluded } from './excluded.ts'
import { SshError } from './ssh-error.ts'

/** What is met on a walk through a directory; `leave` comes when all that is in a directory has been met. */
export interface TreeEntry {
  readonly kind: 'directory' | 'file' | 'leave'
  readonly name: string
  /** Path within the directory, with slashes; empty for the directory itself. */
  readonly path: string
  /** Path on this machine. */
  readonly local: string
  /** Permissions. */
  readonly mode: number
  /** Bytes. */
  readonly size: number
}

/**
 * Walks through a directory of this machine, the directory itself included. Links are followed; what is neither file
 * nor directory is left out, and so is a link that leads back to where it is.
 */
export async function* walkTree({
  source,
  exclude,
}: Omit<DirectoryTransfer, 'target'>): AsyncGenerator<TreeEntry> {
  const root = resolve(source)
  const { mode } = await stat(root).catch((error) => {
    throw new SshError('file', `The directory ${source} cannot be read: ${error.message}`, error)
  })
  const top: TreeEntry = {
    kind: 'directory',
    name: basename(root),
    path: '',
    local: root,
    mode: mode & 0o777,
    size: 0,
  }
  yield* walkDirectory(top, exclude, [await realpath(root)])
}

async function* walkDirectory(
  directory: TreeEntry,
  exclude: readonly string[],
  above: readonly string[],
): AsyncGenerator<TreeEntry> {
  yield directory
  for (const name of (await readdir(directory.local)).sort()) {
    const path = directory.path ? `${directory.path}/${name}` : name
    if (isExcluded(path, exclude)) continue
    const local = join(directory.local, name)
    const found = await stat(local)
    const entry = { name, path, local, mode: found.mode & 0o777, size: found.size }
    if (found.isFile()) yield { kind: 'file', ...entry }
    if (!found.isDirectory()) continue
    const real = await realpath(local)
    if (!above.includes(real))
      yield* walkDirectory({ kind: 'directory', ...entry }, exclude, [...above, real])
  }
  yield { ...directory, kind: 'leave' }
}
