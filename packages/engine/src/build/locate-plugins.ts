import { describePlugin, type Environment, type PluginDescription, pluginFolder } from '@ingot/plugin-rpc'
import { discoverPlugins, type IgnoredPlugin, type InstalledPlugin } from '../discovery/discover-plugins.ts'
import { parseConstraint } from '../discovery/version-constraint.ts'
import { EngineError, reasonOf } from '../errors.ts'
import type { BuildPlan, PluginOrigin } from '../plan/build-plan.ts'

/** A plugin file that can be started. */
export interface LocatedPlugin {
  readonly name: string
  readonly file: string
  /** Words before `start`, for a file that an interpreter runs. */
  readonly args: readonly string[]
  readonly description: PluginDescription
}

/**
 * Finds the plugins that the plan's sources need, by name.
 *
 * @throws EngineError `plugin.absent`, `plugin.ambiguous`, `plugin.folder`, `plugin.failed`
 */
export async function locatePlugins(
  plan: BuildPlan,
  env: Environment,
  onIgnored: (ignored: IgnoredPlugin) => void,
): Promise<ReadonlyMap<string, LocatedPlugin>> {
  const located = new Map<string, LocatedPlugin>()
  for (const name of new Set(plan.sources.map((source) => source.plugin))) {
    const origin = originOf(plan, name)
    located.set(
      name,
      isFile(origin) ? await describeFile(name, origin) : await find(name, { origin, env, onIgnored }),
    )
  }
  return located
}

type FileOrigin = Extract<PluginOrigin, { file: string }>
type InstalledOrigin = Exclude<PluginOrigin, FileOrigin>

function originOf(plan: BuildPlan, name: string): PluginOrigin | undefined {
  const origins = plan.plugins ?? {}
  return Object.hasOwn(origins, name) ? origins[name] : undefined
}

function isFile(origin: PluginOrigin | undefined): origin is FileOrigin {
  return origin !== undefined && 'file' in origin
}

async function describeFile(name: string, { file, args = [] }: FileOrigin): Promise<LocatedPlugin> {
  try {
    return { name, file, args, description: await describePlugin(file, { args }) }
  } catch (cause) {
    throw new EngineError('plugin.failed', `The plugin "${name}" cannot be used: ${reasonOf(cause)}`, {
      cause,
    })
  }
}

interface Search {
  readonly origin: InstalledOrigin | undefined
  readonly env: Environment
  readonly onIgnored: (ignored: IgnoredPlugin) => void
}

async function find(name: string, { origin, env, onIgnored }: Search): Promise<LocatedPlugin> {
  const root = pluginFolder(env)
  const installedName = origin ? origin.source.slice(origin.source.lastIndexOf('/') + 1) : name
  const { plugins, ignored } = await discoverPlugins(root, { name: installedName })
  ignored.forEach(onIgnored)
  const wanted = parseConstraint(origin?.version ?? '>= 0')
  const fitting = plugins.filter(
    (plugin) => (!origin || plugin.source === origin.source) && wanted(plugin.version),
  )
  refuseSeveralSources(name, fitting)
  const newest = fitting.at(-1)
  if (!newest) throw absent(name, { origin, root, ignored, found: plugins })
  return { name, file: newest.file, args: [], description: newest.description }
}

function refuseSeveralSources(name: string, plugins: readonly InstalledPlugin[]): void {
  const sources = [...new Set(plugins.map((plugin) => plugin.source))]
  if (sources.length < 2) return
  throw new EngineError(
    'plugin.ambiguous',
    `The plugin "${name}" is installed from ${sources.join(' and from ')}. Name its source in the plan.`,
    { details: sources },
  )
}

interface Absence {
  readonly origin: InstalledOrigin | undefined
  readonly root: string
  readonly ignored: readonly IgnoredPlugin[]
  readonly found: readonly InstalledPlugin[]
}

function absent(name: string, { origin, root, ignored, found }: Absence): EngineError {
  const wanted = origin ? `${origin.source}${origin.version ? ` ${origin.version}` : ''}` : `"${name}"`
  const others = found.map(({ file }) => `${file}: it is of another source or version`)
  const details = [...others, ...ignored.map(({ file, reason }) => `${file}: ${reason}`)]
  const seen = details.length === 0 ? '' : ` Not used: ${details.join('; ')}.`
  return new EngineError(
    'plugin.absent',
    `No plugin ${wanted} is installed in ${root}. Install it with "ingot plugin install" or "packer plugins install".${seen}`,
    { details },
  )
}
