import type { Client } from '@ingot/client'
import type { Command } from 'commander'
import { withClient } from '../../connection.ts'
import { type PlaceFlags, placeOf, placeOptions, placeText } from '../../named/policy.ts'
import { table } from '../../output/table.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot role list`. */
export function listRoles(role: Command): void {
  placeOptions(role.command('list'))
    .description('List the roles that were given on the project, or elsewhere')
    .addHelpText('after', '\nExample:\n  ingot role list --bucket base-ubuntu')
    .action(async (flags: PlaceFlags, at: Command) => {
      const settings = settingsOf(at)
      const found = await withClient(settings, (client) => rolesAt(client, flags))
      settings.print.result(found, () => {
        if (found.length === 0) return `Nobody was given a role on ${placeText(flags)} itself.`
        const rows = found.map((each) => [each.principal, each.role, each.id])
        return table(['PRINCIPAL', 'ROLE', 'ID'], rows)
      })
    })
}

async function rolesAt(client: Client, flags: PlaceFlags) {
  const { bindings } = await client.policies.get(await placeOf(client, flags))
  const given = bindings.flatMap(({ role_id, members }) =>
    members.map(({ member_id: id }) => ({ id, role: role_id.replace('roles/', '') })),
  )
  const known = await client.principals.byIds(given.map(({ id }) => id))
  const names = new Map(known.map(({ id, service }) => [id, service.name]))
  return given.map((each) => ({ principal: names.get(each.id) ?? '', ...each }))
}
