import { iam } from '@ingot/registry-api'
import { hashSecret, newClientId, newClientSecret } from '../../auth/client-secret.ts'
import type { Caller } from '../../domain/caller.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Home, PrincipalAddress } from '../../operations/principals.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { key, principal, servicePrincipal } from './encode.ts'

/** Service principals, their keys, and who is who. */
export const iamRoutes: readonly Route[] = [
  serve(iam.createServicePrincipal, async ({ registry, caller, at, body }) => {
    const place = { ...homeOf(caller, at), principal: body.name ?? '' }
    return render({ service_principal: servicePrincipal(await registry.principals.create(caller, place)) })
  }),

  serve(iam.listServicePrincipals, async ({ registry, caller, at }) => {
    const found = await registry.principals.list(caller, homeOf(caller, at))
    const pagination = { next_page_token: '', previous_page_token: '' }
    return render({ service_principals: found.map(servicePrincipal), pagination })
  }),

  serve(iam.getServicePrincipal, async ({ registry, caller, at }) => {
    const found = await registry.principals.get(caller, principalAt(caller, at))
    const keys = found.keys.map((each) => key(found.principal, each))
    return render({ service_principal: servicePrincipal(found.principal), keys })
  }),

  serve(iam.deleteServicePrincipal, async ({ registry, caller, at }) => {
    await registry.principals.delete(caller, principalAt(caller, at))
    return '{}'
  }),

  serve(iam.createServicePrincipalKey, async ({ registry, caller, at }) => {
    const place = principalAt(caller, at)
    const secret = newClientSecret()
    const pair = { clientId: newClientId(), secretHash: hashSecret(secret) }
    const made = await registry.principals.createKey(caller, place, pair)
    return render({ key: key(made.of, made), client_secret: secret })
  }),

  serve(iam.deleteServicePrincipalKey, async ({ registry, caller, at }) => {
    await registry.principals.deleteKey(caller, principalAt(caller, at), at.client_id)
    return '{}'
  }),

  serve(iam.batchGetPrincipals, async ({ registry, caller, at, query }) => {
    const ids = [query.principal_ids ?? []].flat()
    const found = await registry.principals.byIds(caller, at.organization_id, ids)
    return render({ principals: found.map(principal) })
  }),

  serve(iam.getCallerIdentity, async ({ registry, caller }) => {
    const { organizationId, principalId } = caller
    const [own] = await registry.principals.byIds(caller, organizationId, [principalId])
    if (!own) throw new Refusal('principal.gone', {})
    return render({ principal: principal(own) })
  }),
]

interface HomeParams {
  readonly parent_type: string
  readonly parent_id: string
}

function homeOf({ organizationId }: Caller, { parent_type: type, parent_id: id }: HomeParams): Home {
  if (type === 'project') return { organizationId, projectId: id }
  if (type === 'organization') return { organizationId: id }
  throw new Refusal('resource.absent', { resource: `iam/${type}/${id}` })
}

function principalAt(caller: Caller, at: HomeParams & { readonly name: string }): PrincipalAddress {
  return { ...homeOf(caller, at), principal: at.name }
}
