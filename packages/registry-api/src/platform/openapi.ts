import { operation } from '../operation.ts'
import { any } from '../schema.ts'

/** The description of this whole interface as an OpenAPI 3.1 document; needs no token. */
export const getOpenApi = operation({
  id: 'Ingot_GetOpenApi',
  plane: 'platform',
  method: 'GET',
  path: '/ingot/v1/openapi.json',
  reply: any,
  seenFrom: [],
})
