import { operation } from '../operation.ts'
import { LongOperation } from '../packer-2023-01-01/models.ts'
import { object, string } from '../schema.ts'

const one = '/operation/2020-05-05/organizations/:organization_id/projects/:project_id/operations/:id'
const reply = object({ operation: LongOperation })

/** How a change that a client waits for stands. Ours are done before they are told of. */
export const getLongOperation = operation({
  id: 'OperationService_Get',
  plane: 'long-operations',
  method: 'GET',
  path: one,
  reply,
  seenFrom: ['terraform-provider-hcp'],
})

/** The same, answered when the change is done or the time is over. */
export const waitLongOperation = operation({
  id: 'OperationService_Wait',
  plane: 'long-operations',
  method: 'GET',
  path: `${one}/wait`,
  query: object({}, { timeout: string }),
  reply,
  seenFrom: ['terraform-provider-hcp'],
})
