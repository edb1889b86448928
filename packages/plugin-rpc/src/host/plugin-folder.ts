import { statSync } from 'node:fs'
import { join } from 'node:path'

/** Variables by name, for example `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variables do not say where plugins lie. The message names the one to set. */
export class PluginFolderError extends Error {
  override readonly name = 'PluginFolderError'
}

/**
 * The folder in which packer 1.11 and later looks for plugins: `PACKER_PLUGIN_PATH`, else the folder `plugins` of
 * packer's configuration folder. It may not exist yet.
 *
 * @throws PluginFolderError when the variable holds a list, which packer refuses, or there is no home folder to start from
 */
export function pluginFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const path = env['PACKER_PLUGIN_PATH']
  if (!path) return join(configFolder(env, platform), 'plugins')
  if (!path.includes(platform === 'win32' ? ';' : ':')) return path
  throw new PluginFolderError(
    `PACKER_PLUGIN_PATH names several folders (${path}). Since packer 1.11 it is one folder: keep one of them.`,
  )
}

function configFolder(env: Environment, platform: NodeJS.Platform): string {
  const own = env['PACKER_CONFIG_DIR']
  if (own) return join(own, '.packer.d')
  if (platform === 'win32') return join(homeFolder(env, 'APPDATA', 'HOME', 'USERPROFILE'), '.packer.d')
  const home = homeFolder(env, 'HOME')
  const old = join(home, '.packer.d')
  if (statSync(old, { throwIfNoEntry: false })?.isDirectory()) return old
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'packer')
}

function homeFolder(env: Environment, ...names: readonly string[]): string {
  for (const name of names) {
    const folder = env[name]
    if (folder) return folder
  }
  throw new PluginFolderError(
    `${names[0]} is not set, so there is no folder to look for plugins in. Set it, or PACKER_PLUGIN_PATH.`,
  )
}
