import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { DirectoryTransfer } from '@ingot/plugin-rpc'
import { isExcluded, meansContent } from '../excluded.ts'
import { type FileTransfer, plainInfo } from '../file-transfer.ts'
import type { Link } from '../link.ts'
import { walkTree } from '../local-tree.ts'
import { safeName } from '../safe-name.ts'
import { SshError } from '../ssh-error.ts'
import { readInto, writeAll } from './pipelined.ts'
import { type SftpFiles, withSftp } from './sftp-files.ts'

/** How many directories may be in each other. */
export const SFTP_DEPTH_LIMIT = 256

/** Copies files by SFTP. */
export function sftpTransfer(link: Link): FileTransfer {
  return {
    upload: ({ path, source, info }) =>
      withSftp(link, (files) => uploadFile(files, fromHome(path), { source, mode: modeOf(plainInfo(info)) })),
    download: ({ path, target }) =>
      withSftp(link, (files) => opened(files, fromHome(path), (file) => readInto(file, target))),
    uploadDir: (transfer) => withSftp(link, (files) => uploadDirectory(files, transfer)),
    downloadDir: (transfer) => withSftp(link, (files) => downloadDirectory(files, transfer)),
  }
}

/** SFTP begins in the home directory and knows no `~`. */
function fromHome(path: string): string {
  if (path === '~') return '.'
  return path.startsWith('~/') ? path.slice(2) || '.' : path
}

function modeOf(info: { readonly mode: number } | undefined): number | undefined {
  return info && info.mode & 0o777
}

async function opened<T>(
  files: SftpFiles,
  path: string,
  use: (file: Awaited<ReturnType<SftpFiles['open']>>) => Promise<T>,
): Promise<T> {
  const file = await files.open(path, 'r')
  const result = await use(file)
  await file.close()
  return result
}

interface Content {
  readonly source: Readable
  readonly mode: number | undefined
}

async function uploadFile(files: SftpFiles, path: string, { source, mode }: Content): Promise<void> {
  const file = await files.open(path, 'w')
  await writeAll(file, source)
  await file.close()
  if (mode !== undefined) await files.setMode(path, mode)
}

async function uploadDirectory(
  files: SftpFiles,
  { source, target, exclude }: DirectoryTransfer,
): Promise<void> {
  const root = fromHome(target).replace(/(?<=.)\/+$/, '')
  await files.makeDirectory(root)
  const top = meansContent(source) ? root : joined(root, basename(resolve(source)))
  for await (const { kind, path, local, mode } of walkTree({ source, exclude })) {
    const at = path ? joined(top, path) : top
    if (kind === 'file') await uploadFile(files, at, { source: createReadStream(local), mode })
    if (kind !== 'directory' || at === root) continue
    await files.makeDirectory(at)
    await files.setMode(at, mode)
  }
}

function joined(directory: string, name: string): string {
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`
}

async function downloadDirectory(
  files: SftpFiles,
  { source, target, exclude }: DirectoryTransfer,
): Promise<void> {
  const from = fromHome(source).replace(/(?<=.)[/\\]+$/, '')
  const stats = await files.stats(from)
  if (!stats?.isDirectory()) throw new SshError('file', `There is no directory ${from} on the machine`)
  const root = resolve(target)
  const to = meansContent(source) ? root : join(root, safeName(from.split(/[/\\]/).at(-1)!))
  await mkdir(to, { recursive: true })
  await downloadInto(files, { from, to, exclude, path: '', depth: 0 })
}

interface Level {
  readonly from: string
  readonly to: string
  readonly exclude: readonly string[]
  /** Path within the directory that was asked for. */
  readonly path: string
  readonly depth: number
}

async function downloadInto(files: SftpFiles, { from, to, exclude, path, depth }: Level): Promise<void> {
  if (depth > SFTP_DEPTH_LIMIT) {
    throw new SshError(
      'file',
      `There are more than ${SFTP_DEPTH_LIMIT} directories within each other in ${from}`,
    )
  }
  for (const { filename } of await files.list(from)) {
    if (filename === '.' || filename === '..') continue
    const name = safeName(filename)
    const inside = { from: joined(from, name), to: join(to, name), path: path ? `${path}/${name}` : name }
    if (isExcluded(inside.path, exclude)) continue
    const stats = await files.stats(inside.from)
    if (stats?.isFile()) await downloadFile(files, inside, stats.mode & 0o777)
    if (!stats?.isDirectory()) continue
    await mkdir(inside.to, { recursive: true })
    await downloadInto(files, { ...inside, exclude, depth: depth + 1 })
    await chmod(inside.to, (stats.mode & 0o777) | 0o700)
  }
}

async function downloadFile(
  files: SftpFiles,
  { from, to }: Pick<Level, 'from' | 'to'>,
  mode: number,
): Promise<void> {
  const target = createWriteStream(to, { mode })
  try {
    await opened(files, from, (file) => readInto(file, target))
  } finally {
    target.end()
    await finished(target)
  }
  await chmod(to, mode)
}
