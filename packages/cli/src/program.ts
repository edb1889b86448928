import { Command, CommanderError } from 'commander'
import { advisories } from './commands/advisories/advisories.ts'
import { bucket } from './commands/bucket/bucket.ts'
import { build } from './commands/build/build.ts'
import { channel } from './commands/channel/channel.ts'
import { consumers } from './commands/consumers.ts'
import { doctor } from './commands/doctor.ts'
import { enforcedBlock } from './commands/enforced-block/enforced-block.ts'
import { env } from './commands/env.ts'
import { find } from './commands/find.ts'
import { graph } from './commands/graph.ts'
import { key } from './commands/key/key.ts'
import { plugin } from './commands/plugin/plugin.ts'
import { principal } from './commands/principal/principal.ts'
import { project } from './commands/project/project.ts'
import { promote } from './commands/promote.ts'
import { publish } from './commands/publish.ts'
import { resolve } from './commands/resolve.ts'
import { restore } from './commands/restore.ts'
import { revoke } from './commands/revoke.ts'
import { role } from './commands/role/role.ts'
import { sbom } from './commands/sbom/sbom.ts'
import { serve } from './commands/serve.ts'
import { stale } from './commands/stale.ts'
import { version, versions } from './commands/version/version.ts'
import { why } from './commands/why.ts'
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
  for (const [heading, commands] of groups) {
    ingot.commandsGroup(heading)
    for (const add of commands) add(ingot)
  }
  for (const command of every(ingot)) {
    command.exitOverride().configureHelp({ showGlobalOptions: true })
    command.showHelpAfterError('(add --help for the options and examples)')
  }
  return ingot
}

/** The commands as `ingot --help` lists them. */
const groups: readonly (readonly [heading: string, commands: readonly ((ingot: Command) => void)[]])[] = [
  ['The registry:', [serve, env, doctor]],
  ['Which image:', [resolve, find, graph, consumers, stale, why]],
  ['Into use and out of it:', [publish, promote, revoke, restore]],
  ['What is kept:', [bucket, version, versions, channel, build, enforcedBlock]],
  ['What is inside:', [sbom, advisories]],
  ['Who may do what:', [project, principal, key, role]],
  ['Plugins for packer:', [plugin]],
]

function every(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...every(each)])
}

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found or not one thing, 4 registry unreachable or
not trusted, 5 a check found something to mend (doctor, stale --check, plugin check, plugin docs --check),
130 interrupted.

First steps:
  ingot serve                    start the registry
  eval "$(ingot env)"            point packer and terraform here
  ingot doctor                   see whether everything fits`
