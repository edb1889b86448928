import type { PluginDescription } from '@ingot/plugin-rpc'

export interface InstallOptions {
  /** The bundle. */
  readonly file: string
  /** As in `required_plugins`: `github.com/acme/tarball`. */
  readonly source: string
  /** Where Packer looks for plugins; unless told, as Packer finds it from `env`. */
  readonly pluginDir?: string
  /** Unless told, that of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

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
 * Puts a plugin where Packer finds it, with its checksum; what was there under the same name is replaced.
 * @throws InstallError for a source or a plugin folder that Packer would not take.
 * @throws PluginError for a file that is no plugin.
 */
export async function installPlugin(_options: InstallOptions): Promise<InstalledPlugin> {
  throw new Error('Installing a plugin is not there yet.')
}
