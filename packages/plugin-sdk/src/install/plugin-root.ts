import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { InstallError } from './install-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder in which Packer 1.11 and later looks for plugins.
 * @throws InstallError `several-folders` or `no-folder`.
 */
export function pluginRoot(env: Environment, platform: string = process.platform): string {
  const path = env['PACKER_PLUGIN_PATH']
  if (!path) return join(configFolder(env, platform), 'plugins')
  if (!path.includes(platform === 'win32' ? ';' : delimiter)) return path
  throw new InstallError(
    'several-folders',
    `PACKER_PLUGIN_PATH names several folders (${path}), which Packer refuses: name one`,
  )
}

function configFolder(env: Environment, platform: string): string {
  if (env['PACKER_CONFIG_DIR']) return join(env['PACKER_CONFIG_DIR'], '.packer.d')
  return platform === 'win32' ? windowsFolder(env) : unixFolder(env)
}

function unixFolder(env: Environment): string {
  const home = env['HOME'] || unknownFolder('HOME')
  const old = join(home, '.packer.d')
  if (existsSync(old)) return old
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'packer')
}

function windowsFolder(env: Environment): string {
  return join(env['APPDATA'] || env['HOME'] || env['USERPROFILE'] || unknownFolder('APPDATA'), '.packer.d')
}

function unknownFolder(variable: string): never {
  throw new InstallError(
    'no-folder',
    `Nothing says where Packer looks for plugins: set ${variable} or PACKER_PLUGIN_PATH`,
  )
}
