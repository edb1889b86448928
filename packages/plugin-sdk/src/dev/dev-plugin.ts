import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Environment } from '@ingot/plugin-rpc'
import type { BuildResult, Plugin as CompilerPlugin } from 'esbuild'
import { moduleAt, scriptOf, writeBundle } from '../bundle/bundle-plugin.ts'
import { compileError, compilerOptions } from '../bundle/compile.ts'
import { inspect } from '../bundle/inspect.ts'
import { DEV_VERSION, servingMain } from '../bundle/main-module.ts'
import { type InstalledPlugin, installPlugin } from '../install/install-plugin.ts'
import { checkSourceName, sourceParts } from '../install/source-address.ts'
import { outranking } from './outranking.ts'

/** Milliseconds in which this process hears of what has ended the compiler. */
const SAME_INTERRUPT = 200

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
  const installing = new Installing(entry, folder, options)
  try {
    await watch(entry, installing, options.signal)
    await installing.last
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function watch(entry: string, installing: Installing, signal: AbortSignal): Promise<void> {
  const { context } = await import('esbuild')
  const settings = compilerOptions({ entry, main: servingMain(entry, DEV_VERSION), minify: false })
  try {
    const compiler = await context({ ...settings, plugins: [...settings.plugins, installing.afterEachBuild] })
    await compiler.watch()
    if (!signal.aborted) await once(signal, 'abort')
    await compiler.dispose()
  } catch (error) {
    // Ctrl-C at a terminal reaches the compiler's own process as well, which may be gone before this one has heard of it.
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), setTimeout(SAME_INTERRUPT)])
    if (!signal.aborted) throw error
  }
}

/** Installs what was built, one after the other; the compiler is not held up by it. */
class Installing {
  readonly #entry: string
  readonly #folder: string
  readonly #options: DevOptions
  /** Settled when all that was built so far is installed. */
  last: Promise<void> = Promise.resolve()

  constructor(entry: string, folder: string, options: DevOptions) {
    this.#entry = entry
    this.#folder = folder
    this.#options = options
  }

  readonly afterEachBuild: CompilerPlugin = {
    name: 'install',
    setup: ({ onStart, onEnd }) => {
      let began = 0
      onStart(() => {
        began = performance.now()
      })
      onEnd((result) => {
        const since = began
        this.last = this.last.then(() => this.#tell(result, since))
      })
    },
  }

  /** What goes wrong because everything is being ended is not told. */
  async #tell(result: BuildResult, began: number): Promise<void> {
    const { signal } = this.#options
    if (signal.aborted) return
    const event = await this.#event(result, began)
    if (!signal.aborted || event.type === 'installed') this.#options.onEvent(event)
  }

  async #event(result: BuildResult, began: number): Promise<DevEvent> {
    try {
      const plugin = await this.#install(result)
      const hiddenBy = await outranking(plugin.file)
      return { type: 'installed', plugin, milliseconds: Math.round(performance.now() - began), hiddenBy }
    } catch (error) {
      return { type: 'failed', error: error as Error }
    }
  }

  async #install(result: BuildResult): Promise<InstalledPlugin> {
    const { source, pluginDir, env } = this.#options
    if (result.errors.length > 0) throw compileError(this.#entry, result)
    const code = result.outputFiles![0]!.text
    const inspected = await inspect(code, this.#entry)
    checkSourceName(source, inspected.name)
    const file = join(this.#folder, `packer-plugin-${inspected.name}`)
    await writeBundle(file, scriptOf({ code, ...inspected }))
    return installPlugin({ file, source, ...(pluginDir ? { pluginDir } : {}), ...(env ? { env } : {}) })
  }
}
