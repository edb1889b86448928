import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** Prefixes of what a developer's shell may have set for `packer` and for registries. */
const FOREIGN = /^(PACKER|HCP)_|^(PACKER|NODE_OPTIONS|VITEST.*|NODE_ENV)$/

/**
 * What `packer` runs with in a test: home, plugins, cache, configuration and temporary files below `folder`, and
 * neither settings nor credentials of the developer's registry. Other variables stay, so that a cloud's credentials
 * arrive; `more` has the last word.
 */
export function packerEnvironment(folder: string, more: Variables): Record<string, string> {
  const at = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true })
    return join(folder, name)
  }
  const outer = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))
  const env: Variables = {
    ...Object.fromEntries(outer),
    // The plugin finds the Node that runs the test.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    HOME: at('home'),
    USERPROFILE: at('home'),
    XDG_CONFIG_HOME: at('home/.config'),
    XDG_CACHE_HOME: at('home/.cache'),
    TMPDIR: at('tmp'),
    PACKER_PLUGIN_PATH: at('plugins'),
    PACKER_CONFIG_DIR: at('home/.config/packer'),
    PACKER_CACHE_DIR: at('cache'),
    PACKER_NO_COLOR: '1',
    CHECKPOINT_DISABLE: '1',
    // Templates that name a bucket build all the same, without a registry.
    ...('HCP_CLIENT_ID' in more ? {} : { HCP_PACKER_REGISTRY: 'off' }),
    ...more,
  }
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
