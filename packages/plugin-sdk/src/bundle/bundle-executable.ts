import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describePlugin, type GoTarget, goTarget } from '@ingot/plugin-rpc'
import { pluginFileName } from '../install/file-name.ts'
import { BundleError } from './bundle-error.ts'
import {
  type Bundle,
  type BundleOptions,
  type CompiledPlugin,
  compilePlugin,
  fileFor,
  writeBundle,
  writing,
} from './bundle-plugin.ts'
import { fetchNode } from './fetch-node.ts'
import { type NodeBinary, readNodeBinary, SEA_FUSE } from './node-binary.ts'
import { openFolder } from './write-whole.ts'

/** Milliseconds that preparing and putting in may take each. */
const STEP_TIMEOUT = 300_000

/** What to make an executable of, and for which machine. */
export interface ExecutableOptions extends BundleOptions, ExecutableTarget {}

/** Which Node the executable has in it. */
export interface ExecutableTarget {
  /** The Node to put in; it says which machine the executable is for. */
  readonly node?: string
  /** Where no Node is named: the machine to get one for, with npm. This machine's kind unless told. */
  readonly target?: GoTarget
  /** Where fetched Nodes are kept; unless told, in the user's own cache. */
  readonly cache?: string
  /** Called with a line about each step that takes long. */
  readonly onProgress?: (line: string) => void
}

/** An executable, and the machine that it is for. */
export interface Executable extends Bundle {
  readonly target: GoTarget
}

/**
 * Makes one executable with a Node of its own in it, of some 100 MB: for Windows, and for machines without Node. A
 * folder as `outfile` gets it under the name by which Packer knows it. It pays no heed to `NODE_OPTIONS` where the
 * Node in it is 24.6 or later. One for this machine is tried; one for another cannot be.
 * @throws BundleError as {@link bundlePlugin} does, and `node` where there is no fitting Node.
 *
 * @example
 * await bundleExecutable({ entry: 'src/plugin.ts', outfile: 'dist/', target: { os: 'windows', arch: 'amd64' } })
 */
export async function bundleExecutable(options: ExecutableOptions): Promise<Executable> {
  const compiled = await compilePlugin(options)
  const { name, description } = compiled
  const base = await baseOf(options)
  const { target } = base
  const file = await fileFor(options.outfile, pluginFileName(name, description, target))
  await writing(file, () => openFolder(dirname(file)))
  const content = await executableOf(compiled, base, options)
  await writeBundle(file, content)
  if (runsHere(target)) await describePlugin(file)
  return { file, size: content.length, name, description, target }
}

/** The Node that is to have a plugin in it. */
export async function baseOf(options: ExecutableTarget): Promise<NodeBinary> {
  return readNodeBinary(options.node ?? (await nodeFor(options.target ?? goTarget(), options)))
}

/** The bytes of the executable for a plugin. */
export async function executableOf(
  { code }: CompiledPlugin,
  base: NodeBinary,
  { cache, onProgress = () => {} }: ExecutableTarget,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'ingot-executable-'))
  try {
    onProgress(`Putting the plugin into Node ${base.version} for ${base.target.os}_${base.target.arch} …`)
    const blob = await makeBlob(code, { folder, base, cache })
    const file = join(folder, 'plugin')
    await copyFile(base.file, file)
    await chmod(file, 0o755)
    // macOS runs nothing whose signature does not fit; only it can take one away and put another in its place.
    const signs = process.platform === 'darwin' && base.target.os === 'darwin'
    if (signs) await run('codesign', ['--remove-signature', file])
    await inject(file, blob, base.target)
    if (signs) await run('codesign', ['--sign', '-', file])
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function runsHere({ os, arch }: GoTarget): boolean {
  const here = goTarget()
  return os === here.os && arch === here.arch
}

/** The one that runs this, where it fits; its own version for other machines, since it prepares what goes into them. */
async function nodeFor(
  target: GoTarget,
  { cache, onProgress = () => {} }: ExecutableTarget,
): Promise<string> {
  if (runsHere(target)) return process.execPath
  const version = process.versions.node
  onProgress(`Getting Node ${version} for ${target.os}_${target.arch} …`)
  return fetchNode({ target, version, ...(cache ? { cache } : {}) })
}

interface BlobOptions {
  readonly folder: string
  readonly base: NodeBinary
  readonly cache: string | undefined
}

/** What Node reads from inside its own executable; only a Node of the same version can prepare it. */
async function makeBlob(code: string, { folder, base, cache }: BlobOptions): Promise<string> {
  const [main, output, settings] = ['plugin.cjs', 'plugin.blob', 'sea.json']
  await writeFile(join(folder, main), code)
  const options = { main, output, disableExperimentalSEAWarning: true, execArgvExtension: 'none' }
  await writeFile(join(folder, settings), JSON.stringify(options))
  // From inside the folder, because the name of the file becomes part of the executable.
  await run(await preparer(base, cache), ['--experimental-sea-config', settings], folder)
  return join(folder, output)
}

async function preparer({ file, version, target }: NodeBinary, cache: string | undefined): Promise<string> {
  if (version === process.versions.node) return process.execPath
  if (runsHere(target)) return file
  return fetchNode({ target: goTarget(), version, ...(cache ? { cache } : {}) })
}

/** In a process of its own, because it takes the better part of a gigabyte and prints of what it met. */
async function inject(file: string, blob: string, { os }: GoTarget): Promise<void> {
  const require = createRequire(import.meta.url)
  const postject = require.resolve('postject/dist/cli.js')
  const segment = os === 'darwin' ? ['--macho-segment-name', 'NODE_SEA'] : []
  await run(process.execPath, [
    postject,
    file,
    'NODE_SEA_BLOB',
    blob,
    '--sentinel-fuse',
    SEA_FUSE,
    ...segment,
  ])
}

async function run(file: string, args: readonly string[], cwd = process.cwd()): Promise<void> {
  try {
    await promisify(execFile)(file, args, {
      cwd,
      timeout: STEP_TIMEOUT,
      env: { ...process.env, NODE_OPTIONS: '' },
    })
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string }
    throw new BundleError('node', `The executable cannot be made: ${stderr.trim() || message}`, error)
  }
}
