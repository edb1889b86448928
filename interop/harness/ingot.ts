import { join } from 'node:path'
import { type Outcome, type RunningCommand, startCommand } from './command.ts'

const repository = join(import.meta.dirname, '..', '..')
const main = join(repository, 'packages', 'cli', 'bin', 'ingot.js')

/** Runs the `ingot` command of this repository. */
export function startIngot(args: readonly string[], limit = 60_000): RunningCommand {
  return startCommand({
    file: process.execPath,
    args: [main, ...args],
    cwd: repository,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' },
    limit,
  })
}

export async function ingot(...args: readonly string[]): Promise<Outcome> {
  await using command = startIngot(args)
  const outcome = await command.done
  if (outcome.exitCode !== 0) throw new Error(`ingot ${args.join(' ')} failed:\n${outcome.output}`)
  return outcome
}
