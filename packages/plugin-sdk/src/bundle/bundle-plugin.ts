import type { PluginDescription } from '@ingot/plugin-rpc'

export interface BundleOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** The file to write, or with a `/` at its end the folder to write `packer-plugin-NAME` into. */
  readonly outfile: string
  /** Instead of the plugin's own version: `1.2.3` or `1.2.3-dev`. */
  readonly version?: string
  /** Smaller and less readable; true unless told. */
  readonly minify?: boolean
}

export interface Bundle {
  readonly file: string
  /** In bytes. */
  readonly size: number
  readonly name: string
  readonly description: PluginDescription
}

/**
 * Makes the one file that `packer plugins install --path FILE SOURCE` takes: an executable for Node 20 and later
 * that answers `describe` without starting Node.
 * @throws BundleError when the entry is no plugin, does not build, or its names or version cannot be installed.
 */
export async function bundlePlugin(_options: BundleOptions): Promise<Bundle> {
  throw new Error('Bundling a plugin is not there yet.')
}
