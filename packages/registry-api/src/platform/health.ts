import { operation } from '../operation.ts'
import { object, string, words } from '../schema.ts'

/** Says that the registry answers and what it is; needs no token. */
export const getHealth = operation({
  id: 'Ingot_GetHealth',
  plane: 'platform',
  method: 'GET',
  path: '/ingot/v1/health',
  reply: object({ status: words('ok'), product: words('ingot'), version: string }),
  seenFrom: ['ingot'],
})
