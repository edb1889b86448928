import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describePlugin, type PluginDescription } from '@ingot/plugin-rpc'
import { checkVersion } from '../plugin/names.ts'
import { BundleError } from './bundle-error.ts'
import { compile } from './compile.ts'
import { header } from './header.ts'
import { type Inspected, inspect } from './inspect.ts'
import { servingMain } from './main-module.ts'
import { writeWhole } from './write-whole.ts'

/** What to bundle, and where to. */
export interface BundleOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** The file to write; or a folder, one that is there or with a `/` at its end, to write `packer-plugin-NAME` into. */
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
  const compiled = await compilePlugin(options)
  const { name } = compiled
  const file = await fileFor(options.outfile, `packer-plugin-${name}`)
  const text = scriptOf(compiled)
  await writeBundle(file, text)
  return { file, size: Buffer.byteLength(text), name, description: await describePlugin(file) }
}

/** A plugin as one module that was seen to run. */
export interface CompiledPlugin extends Inspected {
  readonly code: string
}

/** Compiles a plugin and hears what it says of itself. */
export async function compilePlugin({
  entry: module,
  version,
  minify = true,
}: Omit<BundleOptions, 'outfile'>): Promise<CompiledPlugin> {
  if (version !== undefined) accept(version)
  const entry = await moduleAt(module)
  const code = await compile({ entry, main: servingMain(entry, version && JSON.stringify(version)), minify })
  return { code, ...(await inspect(code, entry)) }
}

/** Where to write, if not told the very file. */
export async function fileFor(outfile: string, name: string): Promise<string> {
  const found = await stat(outfile).catch(() => undefined)
  return outfile.endsWith('/') || found?.isDirectory() ? resolve(outfile, name) : resolve(outfile)
}

/** The file that a shell runs. */
export function scriptOf({ code, line }: CompiledPlugin): string {
  return header(line) + code
}

/** Writes an executable file. */
export function writeBundle(file: string, content: Uint8Array | string): Promise<void> {
  return writing(file, () => writeWhole(file, content, 0o755))
}

/** What goes wrong while a file is written, or its folder made, is told with the file. */
export async function writing(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw new BundleError('not-writable', `Cannot write ${file}: ${(error as Error).message}`, error)
  }
}

function accept(version: string): void {
  try {
    checkVersion(version)
  } catch (error) {
    throw new BundleError('version', (error as Error).message)
  }
}

/** The path of an entry that is there. */
export async function moduleAt(entry: string): Promise<string> {
  const path = resolve(entry)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return path
  throw new BundleError('entry-missing', `There is no module ${path}: name the one that exports the plugin`)
}
