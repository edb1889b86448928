import { Argument, type Command } from 'commander'
import { withClient } from '../../connection.ts'
import { NotFoundError } from '../../explain.ts'
import { type PlaceFlags, placeOf, placeOptions, placeText } from '../../named/policy.ts'
import { principalCalled } from '../../named/principal.ts'
import { roles, takeRole } from '../../role.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot role revoke`. */
export function revokeRole(role: Command): void {
  placeOptions(role.command('revoke'))
    .argument('<principal>')
    .addArgument(new Argument('<role>').choices(roles))
    .description('Take a role on the project, or elsewhere, from a service principal')
    .addHelpText('after', '\nExample:\n  ingot role revoke pipeline contributor --bucket base-ubuntu')
    .action(async (name: string, word: string, flags: PlaceFlags, at: Command) => {
      const settings = settingsOf(at)
      await withClient(settings, async (client) => {
        const { id } = await principalCalled(client, name)
        if (!(await takeRole(client, await placeOf(client, flags), { id, role: word })))
          throw new NotFoundError(`${name} was not given the role ${word} on ${placeText(flags)} itself.`)
      })
      const text = `${name} is no ${word} of ${placeText(flags)} any more.`
      settings.print.result({ principal: name, role: word, ...flags }, () => text)
    })
}
