import { operation } from '../operation.ts'
import { LongOperation } from '../packer-2023-01-01/models.ts'
import { boolean, given, nullable, object, words } from '../schema.ts'
import { Registry, Tier } from './models.ts'
import { project } from './project-path.ts'

const plane = 'packer-2021-04-30'
const path = `${project}/registry` as const
const changed = object({ registry: Registry, operation: LongOperation })

/** packer 1.9 asks for it when it knows the project but not the organization; anything but a registry ends its run. */
export const getRegistry = operation({
  id: 'PackerService_GetRegistry',
  plane,
  method: 'GET',
  path,
  reply: object({ registry: nullable(Registry) }),
  seenFrom: ['packer'],
})

/** Makes the registry of a project. */
export const createRegistry = operation({
  id: 'PackerService_CreateRegistry',
  plane,
  method: 'PUT',
  path,
  body: given({ feature_tier: Tier }),
  reply: changed,
  seenFrom: ['terraform-provider-hcp'],
})

/** Changes what the registry of a project was booked as. */
export const updateRegistry = operation({
  id: 'PackerService_UpdateRegistry',
  plane,
  method: 'PATCH',
  path,
  body: given({ feature_tier: Tier, activate: boolean }),
  reply: changed,
  seenFrom: ['terraform-provider-hcp'],
})

/** Takes the registry of a project away. */
export const deleteRegistry = operation({
  id: 'PackerService_DeleteRegistry',
  plane,
  method: 'DELETE',
  path,
  query: object({}, { hard_delete: words('true', 'false') }),
  reply: changed,
  seenFrom: [],
})
