import { Command, CommanderError } from 'commander'
import { doctor } from './commands/doctor.ts'
import { env } from './commands/env.ts'
import { plugin } from './commands/plugin/plugin.ts'
import { publish } from './commands/publish.ts'
import { resolve } from './commands/resolve.ts'
import { serve } from './commands/serve.ts'
import { versions } from './commands/versions.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { explain } from './explain.ts'

/** Runs one command line and answers the exit status; what goes wrong is said on standard error. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  try {
    await program().parseAsync(argv, { from: 'user' })
    return (process.exitCode as ExitCode | undefined) ?? exitCode.done
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCode.done : exitCode.usage
    const { text, code } = explain(thrown)
    process.stderr.write(`${text}\n`)
    return code
  }
}

function program(): Command {
  const ingot = new Command('ingot')
    .description(
      'Image metadata: which machine image is current, what it was made from, and whether it still holds.',
    )
    .version('0.1.0')
    .option('--data <folder>', "the registry's data directory (or INGOT_DATA)")
    .option(
      '--listen <address>',
      'where the registry listens, port 0 for any (or INGOT_LISTEN; 127.0.0.1:8443)',
    )
    .option('--json', 'print the result as JSON')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText('after', exitCodes)
    .exitOverride()
  for (const add of [serve, env, publish, resolve, versions, doctor, plugin]) add(ingot)
  for (const command of every(ingot)) {
    command.exitOverride().configureHelp({ showGlobalOptions: true })
    command.showHelpAfterError('(add --help for the options and examples)')
  }
  return ingot
}

function every(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...every(each)])
}

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or not one thing, 4 registry unreachable or
not trusted, 5 a check found something to mend (doctor, plugin check, plugin docs --check), 130 interrupted.

First steps:
  ingot serve                    start the registry
  eval "$(ingot env)"            point packer and terraform here
  ingot doctor                   see whether everything fits`
