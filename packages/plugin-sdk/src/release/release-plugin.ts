import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { GoTarget, PluginDescription } from '@ingot/plugin-rpc'
import { baseOf, executableOf } from '../bundle/bundle-executable.ts'
import { type CompiledPlugin, compilePlugin, scriptOf } from '../bundle/bundle-plugin.ts'
import { openFolder, writeWhole } from '../bundle/write-whole.ts'
import { pluginFileName } from '../install/file-name.ts'
import { checkSourceName } from '../install/source-address.ts'
import { DEFAULT_PLATFORMS, needsExecutable, platformOf } from './platforms.ts'
import { ReleaseError } from './release-error.ts'
import { sign } from './sign.ts'
import { zipOf } from './zip.ts'

/** What to release, and where to. */
export interface ReleaseOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** The folder for the files; those of an earlier release of this version are replaced. */
  readonly outdir: string
  /** Instead of the plugin's own version. */
  readonly version?: string
  /** In Go's names, as `linux_amd64`; those of {@link DEFAULT_PLATFORMS} unless told. */
  readonly platforms?: readonly string[]
  /** Whether users need no Node on any of the platforms; otherwise only Windows gets executables. */
  readonly executables?: boolean
  /** Where users find the plugin, as `github.com/acme/tarball`; it must end in the plugin's name. */
  readonly source?: string
  /** Signs the checksums with GnuPG: with this key, or with `true` by the user's own. */
  readonly sign?: boolean | string
  /** Where fetched Nodes are kept; unless told, in the user's own cache. */
  readonly cache?: string
  /** Called with a line about each step that takes long. */
  readonly onProgress?: (line: string) => void
}

/** What was made. */
export interface Release {
  readonly name: string
  readonly description: PluginDescription
  readonly folder: string
  /** All files of the release, to be uploaded as they are, under the tag. */
  readonly files: readonly ReleaseFile[]
  /** What the tag must be called: `v1.2.3`. */
  readonly tag: string
}

/** A file of a release. */
export interface ReleaseFile {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** In hex. */
  readonly sha256: string
}

/**
 * Makes the files of a release from which `packer init` installs: a zip for each platform, the manifest, the checksums
 * of both, and if wanted their signature. The same sources give the same bytes, but for the signature.
 * @throws ReleaseError for what `packer init` would not take, a folder that cannot be written, a key that is missing.
 * @throws BundleError for a plugin that cannot be bundled; InstallError for a source that does not fit it.
 *
 * @example
 * await releasePlugin({ entry: 'src/plugin.ts', outdir: 'dist/release' })
 */
export async function releasePlugin(options: ReleaseOptions): Promise<Release> {
  const targets = targetsOf(options.platforms ?? DEFAULT_PLATFORMS)
  const compiled = await compilePlugin(options)
  accept(compiled, options.source)
  const { name, description } = compiled
  const folder = resolve(options.outdir)
  const stem = `packer-plugin-${name}_v${description.version}`
  await writing(folder, () => openFolder(folder))
  const made = await filesOf(compiled, targets, options)
  made.set(`${stem}_manifest.json`, manifest(description))
  const sums = `${stem}_SHA256SUMS`
  made.set(sums, checksums(made))
  await clear(folder, stem)
  for (const [name, content] of made) {
    const file = join(folder, name)
    await writing(file, () => writeWhole(file, content, 0o644))
  }
  if (options.sign) made.set(`${sums}.sig`, await signature(join(folder, sums), options.sign))
  const files = [...made].map(([file, content]) => releaseFile(file, content))
  return { name, description, folder, files, tag: `v${description.version}` }
}

function targetsOf(platforms: readonly string[]): readonly GoTarget[] {
  if (platforms.length === 0) throw new ReleaseError('platform', 'Name a platform, as "linux_amd64"')
  return [...new Set(platforms.map((each) => each.replace('/', '_')))].map(platformOf)
}

type Contents = Map<string, Uint8Array | string>

/** The archive for each platform, by its name. */
async function filesOf(
  compiled: CompiledPlugin,
  targets: readonly GoTarget[],
  options: ReleaseOptions,
): Promise<Contents> {
  const { name, description } = compiled
  const license = await licenseNear(options.entry)
  const made: Contents = new Map()
  for (const target of targets) {
    options.onProgress?.(`Packing ${target.os}_${target.arch} …`)
    const binary = pluginFileName(name, description, target)
    const content = await binaryFor(compiled, target, options)
    const archive = await zipOf([{ name: binary, content, executable: true }, ...license])
    made.set(`${binary.replace(/\.exe$/, '')}.zip`, archive)
  }
  return made
}

/** A line for each file, as `sha256sum` writes it; Packer drops a last line that does not end. */
function checksums(files: Contents): string {
  return [...files].map(([name, content]) => `${releaseFile(name, content).sha256}  ${name}\n`).join('')
}

function accept({ name, description: { version } }: CompiledPlugin, source: string | undefined): void {
  if (/[-+]/.test(version)) {
    const remedy = `release ${version.replace(/[-+].*/, '')}, for example with --plugin-version`
    throw new ReleaseError('version', `"packer init" installs no version such as ${version}: ${remedy}`)
  }
  if (source !== undefined) checkSourceName(source, name)
}

/** A script where one runs, which is the same everywhere. */
async function binaryFor(
  compiled: CompiledPlugin,
  target: GoTarget,
  options: ReleaseOptions,
): Promise<Buffer> {
  if (!options.executables && !needsExecutable(target)) return Buffer.from(scriptOf(compiled))
  const { cache, onProgress } = options
  const how = { target, ...(cache ? { cache } : {}), ...(onProgress ? { onProgress } : {}) }
  return executableOf(compiled, await baseOf(how), how)
}

/** The form in which HashiCorp's registry of plugins asks for it; `packer init` passes over it. */
function manifest({ apiVersion }: PluginDescription): string {
  const document = { version: 1, metadata: { protocol_version: apiVersion.replace(/^x/, '') } }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** The licence of the package that an entry belongs to, if it has one, under the name that archives use. */
async function licenseNear(entry: string) {
  for (let folder = dirname(resolve(entry)); ; folder = dirname(folder)) {
    const names: readonly string[] = await readdir(folder).catch(() => [])
    const found = names.find((name) => /^licen[cs]e(\.(txt|md))?$/i.test(name))
    if (found) {
      const content = await readFile(join(folder, found))
      return [{ name: 'LICENSE.txt', content, executable: false }]
    }
    if (names.includes('.git') || folder === dirname(folder)) return []
  }
}

/** What is left of an earlier release of this version would be uploaded with this one. */
async function clear(folder: string, stem: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const old = names.filter((name) => name.startsWith(`${stem}_`))
  for (const name of old) await rm(join(folder, name), { force: true })
}

async function writing(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const remedy = 'Name a folder of yours with --out.'
    throw new ReleaseError(
      'not-writable',
      `Cannot write ${file}: ${(error as Error).message}. ${remedy}`,
      error,
    )
  }
}

async function signature(sums: string, key: true | string): Promise<Uint8Array> {
  return readFile(await sign(sums, key === true ? undefined : key))
}

function releaseFile(name: string, content: Uint8Array | string): ReleaseFile {
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { name, size: Buffer.byteLength(content), sha256 }
}
