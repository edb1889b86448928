import { statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { EngineError } from '../errors.ts'

/** The variables that say where plugins lie, for example `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder that packer 1.11 and later, and this engine, look for plugins in: `PACKER_PLUGIN_PATH`, else the folder
 * `plugins` of packer's configuration folder. It may not exist yet.
 *
 * @throws EngineError `plugin.root` when the variable holds a list, or there is no home folder to start from
 */
export function pluginRoot(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const path = env['PACKER_PLUGIN_PATH']
  if (!path) return join(configFolder(env, platform), 'plugins')
  if (path.includes(delimiter)) {
    throw new EngineError(
      'plugin.root',
      `PACKER_PLUGIN_PATH names several folders (${path}). Since packer 1.11 it is one folder: keep one of them.`,
    )
  }
  return path
}

function configFolder(env: Environment, platform: NodeJS.Platform): string {
  const own = env['PACKER_CONFIG_DIR']
  if (own) return join(own, '.packer.d')
  if (platform === 'win32') return join(homeFolder(env, 'APPDATA', 'HOME', 'USERPROFILE'), '.packer.d')
  const home = homeFolder(env, 'HOME')
  const old = join(home, '.packer.d')
  if (statSync(old, { throwIfNoEntry: false })?.isDirectory()) return old
  const shared = env['XDG_CONFIG_HOME']
  return shared ? join(shared, 'packer') : join(home, '.config', 'packer')
}

function homeFolder(env: Environment, ...names: readonly string[]): string {
  for (const name of names) {
    const folder = env[name]
    if (folder) return folder
  }
  throw new EngineError(
    'plugin.root',
    `${names[0]} is not set, so there is no folder to look for plugins in. Set it, or PACKER_PLUGIN_PATH.`,
  )
}
