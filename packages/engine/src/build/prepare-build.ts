import { DEFAULT_COMPONENT, PluginError, type RunningBuilder, startPlugin } from '@ingot/plugin-rpc'
import { encodeConfig } from '../config/encode-config.ts'
import { EngineError, reasonOf } from '../errors.ts'
import type { OnEvent } from '../events.ts'
import type { SourcePlan } from '../plan/build-plan.ts'
import { builderType, componentType } from '../plan/component-type.ts'
import type { LocatedPlugin } from './locate-plugins.ts'
import type { PluginProcesses } from './plugin-processes.ts'
import { settingsVariables } from './settings-variables.ts'

/** A started plugin process whose builder has accepted its settings. */
export interface PreparedBuild {
  readonly source: SourcePlan
  readonly component: string
  readonly plugin: LocatedPlugin
  readonly running: RunningBuilder
}

/** What every build of a run shares. */
export interface RunContext {
  readonly runUuid: string
  readonly onEvent: OnEvent
  readonly processes: PluginProcesses
  /** Ends plugins that are still starting; those that have started are in `processes`. */
  readonly kill: AbortSignal
}

/**
 * Starts the plugin process of a source and lets its builder check the settings.
 *
 * @throws EngineError `plugin.component-absent`, `plugin.failed`, `config.invalid`
 */
export async function prepareBuild(
  source: SourcePlan,
  plugin: LocatedPlugin,
  context: RunContext,
): Promise<PreparedBuild> {
  requireComponent(source, plugin)
  const component = componentType(source)
  const running = await start(source, plugin, context)
  context.processes.add(running)
  await checkSettings(source, running, context)
  return { source, component, plugin, running }
}

function requireComponent(source: SourcePlan, plugin: LocatedPlugin): void {
  const { builders } = plugin.description
  if (builders.includes(source.component || DEFAULT_COMPONENT)) return
  const names = builders.map((name) => (name === DEFAULT_COMPONENT ? '(unnamed)' : name)).join(', ') || 'none'
  throw new EngineError(
    'plugin.component-absent',
    `The plugin "${plugin.name}" (${plugin.file}) has no builder ${source.component ? `"${source.component}"` : 'without a name'}. Its builders: ${names}.`,
    { details: builders },
  )
}

async function start(
  source: SourcePlan,
  plugin: LocatedPlugin,
  { runUuid, onEvent, kill }: RunContext,
): Promise<RunningBuilder> {
  const component = componentType(source)
  try {
    return await startPlugin({
      kind: 'builder',
      file: plugin.file,
      args: plugin.args,
      name: source.component || DEFAULT_COMPONENT,
      protobuf: plugin.description.protocolVersion === 'v2',
      env: { PACKER_RUN_UUID: runUuid },
      signal: kill,
      onLog: (line) => onEvent({ type: 'plugin-log', component, line }),
    })
  } catch (cause) {
    throw new EngineError('plugin.failed', `The plugin "${plugin.name}" did not start: ${reasonOf(cause)}`, {
      cause,
    })
  }
}

async function checkSettings(
  source: SourcePlan,
  { builder }: RunningBuilder,
  { onEvent }: RunContext,
): Promise<void> {
  const component = componentType(source)
  const variables = settingsVariables({ name: source.name, builderType: builderType(source) })
  try {
    const value = encodeConfig(await builder.configSpec(), source.config, component)
    const prepared = await builder.prepare([
      { kind: 'plain', data: variables },
      { kind: 'cty', value },
    ])
    for (const text of prepared.warnings) onEvent({ type: 'warning', component, text })
  } catch (cause) {
    throw refusalOf(component, cause)
  }
}

function refusalOf(component: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause
  if (cause instanceof PluginError) {
    return new EngineError('plugin.failed', `The plugin of ${component} gave up: ${cause.message}`, { cause })
  }
  return new EngineError('config.invalid', `${component} refuses its settings: ${reasonOf(cause)}`, { cause })
}
