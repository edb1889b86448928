import { operation } from '../operation.ts'
import { either, given, list, object, string } from '../schema.ts'
import { Principal, ServicePrincipal, ServicePrincipalKey } from './models.ts'

/** `parent_type` is `organization` or `project`. Clients send the slashes within resource names as `%2F`, or as they are. */
const parent = '/2019-12-10/iam/:parent_type/:parent_id' as const
const one = `${parent}/service-principal/:name` as const
const nothing = object({})

/** Makes a service principal, which may do nothing until a policy names it. */
export const createServicePrincipal = operation({
  id: 'ServicePrincipalsService_CreateServicePrincipal',
  plane: 'iam',
  method: 'POST',
  path: `${parent}/service-principals`,
  body: given({ name: string }),
  reply: object({ service_principal: ServicePrincipal }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** The service principals of an organization or of a project, by name. */
export const listServicePrincipals = operation({
  id: 'ServicePrincipalsService_ListServicePrincipals',
  plane: 'iam',
  method: 'GET',
  path: `${parent}/service-principals`,
  reply: object({
    service_principals: list(ServicePrincipal),
    pagination: object({ next_page_token: string, previous_page_token: string }),
  }),
  seenFrom: ['ingot'],
})

/** A service principal and its keys. */
export const getServicePrincipal = operation({
  id: 'ServicePrincipalsService_GetServicePrincipal',
  plane: 'iam',
  method: 'GET',
  path: one,
  reply: object({ service_principal: ServicePrincipal, keys: list(ServicePrincipalKey) }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Deletes a service principal with its keys and roles; its tokens are refused from then on. */
export const deleteServicePrincipal = operation({
  id: 'ServicePrincipalsService_DeleteServicePrincipal',
  plane: 'iam',
  method: 'DELETE',
  path: one,
  reply: nothing,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Makes a key, of which there may be two; the only answer that holds its secret. Sent without a body. */
export const createServicePrincipalKey = operation({
  id: 'ServicePrincipalsService_CreateServicePrincipalKey',
  plane: 'iam',
  method: 'POST',
  path: `${one}/keys`,
  reply: object({ key: ServicePrincipalKey, client_secret: string }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Deletes a key; the tokens it got are refused from then on. */
export const deleteServicePrincipalKey = operation({
  id: 'ServicePrincipalsService_DeleteServicePrincipalKey',
  plane: 'iam',
  method: 'DELETE',
  path: `${one}/key/:client_id`,
  reply: nothing,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Those of the asked principals that the organization has. */
export const batchGetPrincipals = operation({
  id: 'IamService_BatchGetPrincipals',
  plane: 'iam',
  method: 'GET',
  path: '/iam/2019-12-10/organizations/:organization_id/principals',
  query: object({}, { principal_ids: either(string, list(string)), view: string }),
  reply: object({ principals: list(Principal) }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Who calls. */
export const getCallerIdentity = operation({
  id: 'IamService_GetCallerIdentity',
  plane: 'iam',
  method: 'GET',
  path: '/iam/2019-12-10/caller-identity',
  reply: object({ principal: Principal }),
  seenFrom: ['ingot'],
})
