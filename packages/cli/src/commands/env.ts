import type { Command } from 'commander'
import { clientVariables, exportBlock } from '../client-variables.ts'
import { settingsOf } from '../settings.ts'

/** `ingot env`: the variables that point stock clients at this registry. */
export function env(ingot: Command): void {
  ingot
    .command('env')
    .description('Print the variables that point packer and terraform at the local registry')
    .addHelpText('after', '\nExample:\n  eval "$(ingot env)"\n  packer build template.pkr.hcl')
    .action(async (_options: object, at: Command) => {
      const { localAccess } = await import('@ingot/registry')
      const { dataDir, print } = settingsOf(at)
      const variables = clientVariables(localAccess(dataDir))
      print.result(variables, () => exportBlock(variables))
    })
}
