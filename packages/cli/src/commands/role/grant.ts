import { Argument, type Command } from 'commander'
import { withClient } from '../../connection.ts'
import { type PlaceFlags, placeOf, placeOptions, placeText } from '../../named/policy.ts'
import { principalCalled } from '../../named/principal.ts'
import { giveRole, roles } from '../../role.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot role grant`. */
export function grantRole(role: Command): void {
  placeOptions(role.command('grant'))
    .argument('<principal>')
    .addArgument(new Argument('<role>').choices(roles))
    .description('Give a service principal a role on the project, or elsewhere')
    .addHelpText('after', '\nExample:\n  ingot role grant pipeline contributor --bucket base-ubuntu')
    .action(async (name: string, word: string, flags: PlaceFlags, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { id } = await principalCalled(client, name)
        await giveRole(client, await placeOf(client, flags), { id, role: word })
      })
      const text = `${name} is a ${word} of ${placeText(flags)}.`
      settings.print.result({ principal: name, role: word, ...flags }, () => text)
    })
}
