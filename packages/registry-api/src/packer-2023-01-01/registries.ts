import { operation } from '../operation.ts'
import { boolean, given, nullable, object, string } from '../schema.ts'
import { LongOperation, Registry, Tier } from './models.ts'
import { project } from './project-path.ts'

const changed = object({ registry: Registry, operation: LongOperation })

/** packer asks for it when it knows the project but not the organization. */
export const getRegistry = operation({
  id: 'PackerService_GetRegistry',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${project}/registry`,
  reply: object({ registry: nullable(Registry) }),
  seenFrom: ['packer', 'ingot'],
})

/** Makes the registry of a project. */
export const createRegistry = operation({
  id: 'PackerService_CreateRegistry',
  plane: 'packer-2023-01-01',
  method: 'PUT',
  path: `${project}/registry`,
  body: given({ feature_tier: Tier }),
  reply: changed,
  seenFrom: ['terraform-provider-hcp'],
})

/** Changes the registry of a project. */
export const updateRegistry = operation({
  id: 'PackerService_UpdateRegistry',
  plane: 'packer-2023-01-01',
  method: 'PATCH',
  path: `${project}/registry`,
  body: given({ feature_tier: Tier, activated: boolean, update_mask: string }),
  reply: changed,
  seenFrom: ['terraform-provider-hcp'],
})

/** Takes the registry of a project away. */
export const deleteRegistry = operation({
  id: 'PackerService_DeleteRegistry',
  plane: 'packer-2023-01-01',
  method: 'DELETE',
  path: `${project}/registry`,
  reply: changed,
  seenFrom: [],
})
