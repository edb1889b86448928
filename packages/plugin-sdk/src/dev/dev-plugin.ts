import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '@ingot/plugin-rpc'
import type { BuildResult, Plugin as CompilerPlugin } from 'esbuild'
import { moduleAt, scriptOf, writeBundle } from '../bundle/bundle-plugin.ts'
import { compileError, compilerOptions } from '../bundle/compile.ts'
import { inspect } from '../bundle/inspect.ts'
import { DEV_VERSION, servingMain } from '../bundle/main-module.ts'
import { type InstalledPlugin, installPlugin } from '../install/install-plugin.ts'
import { checkSourceName, sourceParts } from '../install/source-address.ts'
import { outranking } from './outranking.ts'

/** What to watch, and where to install it. */
export interface DevOptions {
  /** Module that exports what `definePlugin` answered, as `plugin`. */
  readonly entry: string
  /** As in `required_plugins`: `github.com/acme/tarball`; it must end in the plugin's name. */
  readonly source: string
  /** Where Packer looks for plugins; unless told, as Packer finds it from `env`. */
  readonly pluginDir?: string
  /** Unless told, that of the process. */
  readonly env?: Environment
  /** Ends the watching. */
  readonly signal: AbortSignal
  readonly onEvent: (event: DevEvent) => void
}

/** What became of the sources as they are now. */
export type DevEvent =
  | {
      readonly type: 'installed'
      readonly plugin: InstalledPlugin
      /** From the change that was seen to the installed file. */
      readonly milliseconds: number
      /** An installed file that Packer prefers, because its version is a later one. */
      readonly hiddenBy: string | undefined
    }
  /** What was installed before stays. */
  | { readonly type: 'failed'; readonly error: Error }

/**
 * Installs a plugin, and again whenever a source of it changes, as `1.2.3-dev` where its version is 1.2.3. What goes
 * wrong is an event, and the next change is waited for. Resolves after the signal.
 * @throws BundleError `entry-missing`, InstallError `source`: what no change of the sources would mend.
 *
 * @example
 * await devPlugin({ entry: 'src/plugin.ts', source: 'github.com/acme/tarball', signal, onEvent: console.log })
 */
export async function devPlugin(options: DevOptions): Promise<void> {
  const entry = await moduleAt(options.entry)
  sourceParts(options.source)
  const folder = await mkdtemp(join(tmpdir(), 'ingot-dev-'))
  try {
    await watch(entry, installer(entry, folder, options), options.signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function watch(entry: string, installEach: CompilerPlugin, signal: AbortSignal): Promise<void> {
  const { context } = await import('esbuild')
  const settings = compilerOptions({ entry, main: servingMain(entry, DEV_VERSION), minify: false })
  const compiler = await context({ ...settings, plugins: [...settings.plugins, installEach] })
  try {
    await compiler.watch()
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    await compiler.dispose()
  }
}

/** The compiler waits for it before it looks at the sources again. */
function installer(entry: string, folder: string, options: DevOptions): CompilerPlugin {
  let began = 0
  return {
    name: 'install',
    setup({ onStart, onEnd }) {
      onStart(() => {
        began = performance.now()
      })
      onEnd(async (result) => {
        try {
          const plugin = await install(entry, folder, { ...options, result })
          const hiddenBy = await outranking(plugin.file)
          const milliseconds = Math.round(performance.now() - began)
          options.onEvent({ type: 'installed', plugin, milliseconds, hiddenBy })
        } catch (error) {
          options.onEvent({ type: 'failed', error: error as Error })
        }
      })
    },
  }
}

type Built = DevOptions & { readonly result: BuildResult }

async function install(
  entry: string,
  folder: string,
  { result, ...options }: Built,
): Promise<InstalledPlugin> {
  const { source, pluginDir, env } = options
  if (result.errors.length > 0) throw compileError(entry, result)
  const code = result.outputFiles![0]!.text
  const inspected = await inspect(code, entry)
  checkSourceName(source, inspected.name)
  const file = join(folder, `packer-plugin-${inspected.name}`)
  await writeBundle(file, scriptOf({ code, ...inspected }))
  return installPlugin({ file, source, ...(pluginDir ? { pluginDir } : {}), ...(env ? { env } : {}) })
}
