import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { describePlugin, type GoTarget, goTarget, type PluginDescription } from '@ingot/plugin-rpc'
import { EngineError, reasonOf } from '../errors.ts'
import { refuseByChecksum } from './checksum.ts'
import { type PluginFileName, readPluginFileName } from './plugin-file-name.ts'
import { compareVersions, type PluginVersion, parseVersion } from './plugin-version.ts'

/** Folders deeper than this under the root are not searched, as in packer. */
export const MAX_PLUGIN_DEPTH = 16

/** An installed plugin that may be used. */
export interface InstalledPlugin {
  readonly file: string
  /** Where it was installed from: its folder under the root, for example `github.com/acme/tarball`. */
  readonly source: string
  readonly name: string
  readonly version: PluginVersion
  readonly description: PluginDescription
}

/** A file in the plugin folder that looks like a plugin but is not used, and why, in words that follow its name. */
export interface IgnoredPlugin {
  readonly file: string
  readonly reason: string
}

/** What lies in a plugin folder; of each plugin the newest version is last. */
export interface Discovery {
  readonly plugins: readonly InstalledPlugin[]
  readonly ignored: readonly IgnoredPlugin[]
}

/**
 * Looks for plugins under `root` by the rules of packer 1.11 and later: the folder names the source, the file name the
 * version, API and machine, the `_SHA256SUM` file beside it matches, and `describe` agrees with the name.
 *
 * @param search `name` restricts the search to the plugins of that name, so that no others are started to describe
 *   themselves. A `root` that does not exist holds no plugins.
 * @throws EngineError `plugin.folder` when the folder cannot be read
 */
export async function discoverPlugins(
  root: string,
  search: { readonly name?: string; readonly target?: GoTarget } = {},
): Promise<Discovery> {
  const target = search.target ?? goTarget()
  const plugins: InstalledPlugin[] = []
  const ignored: IgnoredPlugin[] = []
  const prefix = search.name === undefined ? 'packer-plugin-' : `packer-plugin-${search.name}_`
  for await (const file of candidates(root, { prefix, folder: root, depth: 0 })) {
    const read = readPluginFileName(baseName(file), target)
    const found = typeof read === 'string' ? read : await examine(root, file, read)
    if (typeof found === 'string') ignored.push({ file, reason: found })
    else plugins.push(found)
  }
  return { plugins: plugins.sort(byNameThenVersion), ignored }
}

interface Walk {
  readonly prefix: string
  readonly folder: string
  readonly depth: number
}

async function* candidates(root: string, { prefix, folder, depth }: Walk): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder, root)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && depth < MAX_PLUGIN_DEPTH) {
      yield* candidates(root, { prefix, folder: path, depth: depth + 1 })
    } else if (!entry.isDirectory() && entry.name.startsWith(prefix) && !entry.name.endsWith('_SHA256SUM')) {
      yield path
    }
  }
}

async function entriesOf(folder: string, root: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && folder === root) return []
    throw new EngineError('plugin.folder', `The plugin folder ${folder} cannot be read: ${reasonOf(error)}`)
  }
}

async function examine(root: string, file: string, name: PluginFileName): Promise<InstalledPlugin | string> {
  const source = sourceOf(root, file)
  if (source === '')
    return 'it lies in the plugin folder itself; packer wants it in HOST/NAMESPACE/NAME/ below that'
  const refusal = await refuseByChecksum(file)
  if (refusal) return refusal
  try {
    const description = await describePlugin(file)
    return (
      refuseByDescription(name, description) ?? {
        file,
        source,
        name: name.name,
        version: name.version,
        description,
      }
    )
  } catch (error) {
    return `"describe" failed: ${reasonOf(error)}`
  }
}

function refuseByDescription(name: PluginFileName, description: PluginDescription): string | undefined {
  const described = parseVersion(description.version)
  if (!described || compareVersions(described, name.version) !== 0) {
    return `it describes itself as version ${description.version}, which its name does not say`
  }
  if (description.apiVersion !== name.api) {
    return `it describes itself as speaking ${description.apiVersion}, its name says ${name.api}`
  }
  return undefined
}

function sourceOf(root: string, file: string): string {
  return relative(root, file).split(sep).slice(0, -1).join('/')
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf(sep) + 1)
}

function byNameThenVersion(a: InstalledPlugin, b: InstalledPlugin): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return compareVersions(a.version, b.version)
}
