import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { describePlugin, type PluginDescription } from '@ingot/plugin-rpc'
import { checkVersion } from '../plugin/names.ts'
import { BundleError } from './bundle-error.ts'
import { compile } from './compile.ts'
import { header } from './header.ts'
import { inspect } from './inspect.ts'

/** What to bundle, and where to. */
export interface BundleOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** The file to write, or with a `/` at its end the folder to write `packer-plugin-NAME` into. */
  readonly outfile: string
  /** Instead of the plugin's own version: `1.2.3` or `1.2.3-dev`. */
  readonly version?: string
  /** Smaller and less readable; true unless told. Names stay, for the stacks in the log. */
  readonly minify?: boolean
}

/** What was made. */
export interface Bundle {
  readonly file: string
  /** In bytes. */
  readonly size: number
  /** The plugin's. */
  readonly name: string
  readonly description: PluginDescription
}

/**
 * Makes the one file that `packer plugins install --path FILE SOURCE` takes: an executable for Node 20 and later
 * that answers `describe` without starting Node. It runs on Linux and macOS, with `node` on the PATH.
 * @throws BundleError when the entry is no plugin, does not build or run, or its version cannot be installed.
 *
 * @example
 * await bundlePlugin({ entry: 'src/plugin.ts', outfile: 'dist/' })
 */
export async function bundlePlugin(options: BundleOptions): Promise<Bundle> {
  const { version, minify = true } = options
  if (version !== undefined) accept(version)
  const entry = await moduleAt(options.entry)
  const code = await compile({ entry, version, minify })
  const { name, description } = await inspect(code, entry)
  const file = options.outfile.endsWith('/')
    ? resolve(options.outfile, `packer-plugin-${name}`)
    : resolve(options.outfile)
  const text = header(description) + code
  await write(file, text)
  return { file, size: Buffer.byteLength(text), name, description: await describePlugin(file) }
}

function accept(version: string): void {
  try {
    checkVersion(version)
  } catch (error) {
    throw new BundleError('version', (error as Error).message)
  }
}

async function moduleAt(entry: string): Promise<string> {
  const path = resolve(entry)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return path
  throw new BundleError('entry-missing', `There is no module ${path}: name the one that exports the plugin`)
}

async function write(file: string, text: string): Promise<void> {
  const unfinished = join(dirname(file), `.${randomBytes(8).toString('hex')}.part`)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(unfinished, text, { mode: 0o755, flag: 'wx' })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw new BundleError('not-writable', `Cannot write ${file}: ${(error as Error).message}`, error)
  }
}
