import type { Command } from 'commander'
import { adviceFor, clientVariables, exportBlock } from '../client-variables.ts'
import { UserError } from '../explain.ts'
import { needsOf, newestNeeds, type PackerNeeds } from '../packer-version.ts'
import { settingsOf } from '../settings.ts'

/** `ingot env`: the variables that point stock clients at this registry. */
export function env(ingot: Command): void {
  ingot
    .command('env')
    .description('Print the variables that point packer and terraform at the local registry')
    .option('--for <version>', 'for packer of that version, such as 1.7 or 1.8.7 (the newest unless told)')
    .addHelpText(
      'after',
      `
Examples:
  eval "$(ingot env)"
  packer build template.pkr.hcl
  eval "$(ingot env --for 1.7)"`,
    )
    .action(async (options: { readonly for?: string }, at: Command) => {
      const needs = options.for === undefined ? newestNeeds : needsFor(options.for, at)
      const { localAccess } = await import('@ingot/registry')
      const { dataDir, print } = settingsOf(at)
      const access = localAccess(dataDir)
      const variables = clientVariables(access, { needs })
      print.result(variables, () => [...adviceFor(access, needs), exportBlock(variables)].join('\n'))
    })
}

function needsFor(version: string, at: Command): PackerNeeds {
  const needs = needsOf(version)
  if (needs === undefined) at.error(`error: --for ${version}: say a version of packer, such as 1.7 or 1.8.7`)
  if (needs !== 'none') return needs
  throw new UserError(`packer ${version} publishes to no registry; 1.7.7 is the first that does.`)
}
