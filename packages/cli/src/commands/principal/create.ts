import type { Client, PolicyPlace } from '@ingot/client'
import { type Command, Option } from 'commander'
import { withClient } from '../../connection.ts'
import { UserError } from '../../explain.ts'
import { homesOf } from '../../named/principal.ts'
import { secretText } from '../../output/secret-text.ts'
import { needsOf } from '../../packer-version.ts'
import { giveRole, roles } from '../../role.ts'
import { settingsOf } from '../../settings.ts'

/** `ingot principal create`. */
export function createPrincipal(principal: Command): void {
  principal
    .command('create [name]')
    .description('Create a service principal with its first key, whose secret is shown this once')
    .addOption(new Option('--role <role>', 'what it may do in the project').choices(roles))
    .option('--organization', 'one of the organization; the role, too, is for the whole of it')
    .option('--for-packer <version>', 'one that sees one project only, as packer before 1.9.1 must')
    .addHelpText(
      'after',
      '\nWithout --role it may do nothing yet; see ingot role grant.\n\nExamples:\n  ingot principal create pipeline --role contributor\n  ingot principal create --for-packer 1.7',
    )
    .action(async (given: string | undefined, flags: CreateFlags, at: Command) => {
      const settings = settingsOf(at)
      const name = given ?? nameFor(flags)
      const made = await withClient(settings, (client) => create(client, name, flags))
      settings.print.result(made, () => `The principal ${name} is there.\n${secretText(made.key)}`)
    })
}

interface CreateFlags {
  readonly role?: string
  readonly organization?: boolean
  readonly forPacker?: string
}

/** A principal for an old packer needs no other name than that. */
function nameFor({ forPacker }: CreateFlags): string {
  if (forPacker !== undefined) return `packer-${forPacker.replaceAll('.', '-')}`
  throw new UserError('Give the principal a name:  ingot principal create NAME')
}

async function create(client: Client, name: string, flags: CreateFlags) {
  const { organization, forPacker } = flags
  if (forPacker !== undefined) checkVersion(forPacker, flags)
  const homes = await homesOf(client)
  // One of the organization may list projects, and is shown those only in which it has a role.
  const home = organization || forPacker !== undefined ? homes.organization : homes.project
  const place: PolicyPlace = organization
    ? { organization: homes.organization.id }
    : { project: homes.project.id }
  const made = await client.principals.create({ home, name })
  const role = flags.role ?? (forPacker === undefined ? undefined : 'contributor')
  if (role !== undefined) await giveRole(client, place, { id: made.id, role })
  const { key, client_secret } = await client.principals.createKey({ home, name })
  return { ...made, key: { client_id: key.client_id, client_secret } }
}

function checkVersion(version: string, { organization }: CreateFlags): void {
  const needs = needsOf(version)
  if (needs === undefined)
    throw new UserError(`"${version}" is no version of packer. Give one such as 1.8.7.`)
  if (needs === 'none') throw new UserError(`packer ${version} knows no registry. Use 1.7.7 or later.`)
  if (organization)
    throw new UserError('With --organization it would see every project. Leave it out with --for-packer.')
}
