import type { Environment } from '@ingot/plugin-rpc'
import { EngineError } from '../errors.ts'
import type { BuildPlan } from '../plan/build-plan.ts'
import { limited } from './limited.ts'
import { locatePlugins } from './locate-plugins.ts'
import { type PreparedBuild, prepareBuild, type RunContext } from './prepare-build.ts'

export interface Preparation extends RunContext {
  readonly env: Environment
  readonly parallel: number
}

/**
 * Finds the plugins and prepares all builds, so that everything that can be refused is refused before the registry hears
 * of it; of several refusals all are told.
 */
export async function prepareBuilds(
  plan: BuildPlan,
  preparation: Preparation,
): Promise<readonly PreparedBuild[]> {
  const plugins = await locatePlugins(plan, preparation.env, (ignored) => {
    preparation.onEvent({ type: 'plugin-ignored', ...ignored })
  })
  const failures: EngineError[] = []
  const prepared = await limited(plan.sources, preparation.parallel, async (source) => {
    const plugin = plugins.get(source.plugin)
    if (!plugin) throw new Error(`The plugin ${source.plugin} was not located.`)
    try {
      return await prepareBuild(source, plugin, preparation)
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      failures.push(error)
      return undefined
    }
  })
  if (failures.length > 0) throw joined(failures)
  return prepared.filter((each) => each !== undefined)
}

function joined(failures: readonly EngineError[]): EngineError {
  const [first, ...more] = failures
  if (first && more.length === 0) return first
  const details = failures.flatMap((failure) =>
    failure.details.length > 0 ? failure.details : [failure.message],
  )
  return new EngineError(
    first?.code ?? 'config.invalid',
    failures.map((failure) => failure.message).join('\n'),
    { details },
  )
}
