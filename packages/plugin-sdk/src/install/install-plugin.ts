import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  describePlugin,
  type Environment,
  type GoTarget,
  goTarget,
  type PluginDescription,
  pluginFolder,
} from '@ingot/plugin-rpc'
import { writeWhole } from '../bundle/write-whole.ts'
import { pluginFileName } from './file-name.ts'
import { InstallError } from './install-error.ts'
import { sourceParts } from './source-address.ts'

/** What to install, and where. */
export interface InstallOptions {
  /** The bundle. */
  readonly file: string
  /** As in `required_plugins`: `github.com/acme/tarball`. */
  readonly source: string
  /** Where Packer looks for plugins; unless told, as Packer finds it from `env`. */
  readonly pluginDir?: string
  /** Unless told, that of the process. */
  readonly env?: Environment
  /** What `packer` was built for, where it is not this machine's own kind. */
  readonly target?: GoTarget
}

/** What was put where. */
export interface InstalledPlugin {
  readonly file: string
  /** Beside it: the checksum without which Packer ignores the file. */
  readonly checksumFile: string
  /** In hex. */
  readonly sha256: string
  readonly source: string
  readonly description: PluginDescription
}

/**
 * Puts a plugin where Packer 1.11 and later finds it, with its checksum; what was there under the same name is
 * replaced. Each file appears whole or not at all.
 * @throws InstallError for a source, version or folder that Packer would not take.
 * @throws PluginError for a file that is no plugin.
 *
 * @example
 * await installPlugin({ file: 'dist/packer-plugin-tarball', source: 'github.com/acme/tarball' })
 */
export async function installPlugin(options: InstallOptions): Promise<InstalledPlugin> {
  const { source, target = goTarget(), env = process.env } = options
  const parts = sourceParts(source)
  const root = resolve(options.pluginDir ?? pluginFolder(env))
  const from = await regularFile(options.file)
  const description = await describePlugin(from)
  const content = await readFile(from)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = join(root, ...parts, pluginFileName(parts.at(-1)!, description, target))
  const checksumFile = `${file}_SHA256SUM`
  await place(file, content, 0o755)
  // Packer reads 64 characters, and takes no line end.
  await place(checksumFile, sha256, 0o644)
  return { file, checksumFile, sha256, source, description }
}

async function regularFile(file: string): Promise<string> {
  const path = resolve(file)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return path
  throw new InstallError('not-a-file', `There is no file ${path}: make it with "ingot plugin bundle"`)
}

async function place(file: string, content: Uint8Array | string, mode: number): Promise<void> {
  try {
    await writeWhole(file, content, mode)
  } catch (error) {
    throw new InstallError('not-writable', `Cannot write ${file}: ${(error as Error).message}`, error)
  }
}
