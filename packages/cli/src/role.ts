import type { Client, Policy, PolicyPlace } from '@ingot/client'

/** What can be given, each role with all that the one before may do. */
export const roles = ['viewer', 'contributor', 'admin'] as const

/** A role of a principal, which is given by its id. */
export interface Given {
  readonly id: string
  readonly role: string
}

/** Gives a principal a role; nothing happens when it has it. @throws ClientError */
export async function giveRole(client: Client, place: PolicyPlace, given: Given): Promise<void> {
  const policy = await client.policies.get(place)
  if (has(policy, given)) return
  const member = { member_id: given.id, member_type: 'SERVICE_PRINCIPAL' as const }
  const bindings = [...policy.bindings, { role_id: `roles/${given.role}`, members: [member] }]
  await client.policies.set(place, { ...policy, bindings })
}

/** Takes a role away; answers whether the principal had it. @throws ClientError */
export async function takeRole(client: Client, place: PolicyPlace, given: Given): Promise<boolean> {
  const policy = await client.policies.get(place)
  if (!has(policy, given)) return false
  const bindings = policy.bindings.map(({ role_id, members }) => ({
    role_id,
    members: members.filter(({ member_id: id }) => role_id !== `roles/${given.role}` || id !== given.id),
  }))
  await client.policies.set(place, { ...policy, bindings })
  return true
}

function has({ bindings }: Policy, { id, role }: Given): boolean {
  return bindings.some(
    ({ role_id, members }) =>
      role_id === `roles/${role}` && members.some(({ member_id }) => member_id === id),
  )
}
