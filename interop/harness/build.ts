import type { Outcome, RunningCommand } from './command.ts'
import type { RunOptions, Workspace } from './workspace.ts'

export interface BuildRequest extends RunOptions {
  /** A file of `templates/`. */
  readonly template: string
  readonly vars?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** Runs `packer build` to its end. */
export async function build(workspace: Workspace, request: BuildRequest): Promise<Outcome> {
  await using running = startBuild(workspace, request)
  return await running.done
}

export function startBuild(workspace: Workspace, request: BuildRequest): RunningCommand {
  const { template, vars = {}, args = [], ...how } = request
  const values = Object.entries(vars).map(([name, value]) => `-var=${name}=${value}`)
  const file = workspace.template(template)
  return workspace.startPacker(['build', '-color=false', ...args, ...values, file], how)
}
