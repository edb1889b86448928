import { type Body, type Policy, resourceManager } from '@ingot/registry-api'
import type { Caller } from '../../domain/caller.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { PolicyWish } from '../../inputs.ts'
import type { PolicyView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'

const rolePrefix = 'roles/'

/** Who has which role on an organization, a project or a bucket. */
export const policyRoutes: readonly Route[] = [
  serve(resourceManager.getOrganizationIamPolicy, async ({ registry, caller, at }) =>
    shown(await registry.policies.get(caller, { organizationId: at.id })),
  ),
  serve(resourceManager.setOrganizationIamPolicy, async ({ registry, caller, at, body }) =>
    shown(await registry.policies.set(caller, { organizationId: at.id }, wish(body.policy))),
  ),
  serve(resourceManager.getProjectIamPolicy, async ({ registry, caller, at }) =>
    shown(await registry.policies.get(caller, projectAt(caller, at.id))),
  ),
  serve(resourceManager.setProjectIamPolicy, async ({ registry, caller, at, body }) =>
    shown(await registry.policies.set(caller, projectAt(caller, at.id), wish(body.policy))),
  ),
  serve(resourceManager.getResourceIamPolicy, async ({ registry, caller, query }) =>
    shown(await registry.policies.get(caller, resourceAt(caller, query.resource_name ?? ''))),
  ),
  serve(resourceManager.setResourceIamPolicy, async ({ registry, caller, body }) =>
    shown(
      await registry.policies.set(caller, resourceAt(caller, body.resource_name ?? ''), wish(body.policy)),
    ),
  ),
]

function projectAt({ organizationId }: Caller, projectId: string) {
  return { organizationId, projectId }
}

/** A bucket by its resource name, the only kind of resource whose policies clients reach in this way. */
function resourceAt({ organizationId }: Caller, resource: string) {
  const [, projectId, bucket] = /^packer\/project\/([^/]+)\/bucket\/([^/]+)$/.exec(resource) ?? []
  if (projectId === undefined || bucket === undefined) throw new Refusal('resource.absent', { resource })
  return { organizationId, projectId, bucket }
}

type Written = Body<typeof resourceManager.setProjectIamPolicy>['policy']

function wish(policy: Written): PolicyWish {
  const bindings = (policy?.bindings ?? []).flatMap(({ role_id: role, members }) =>
    (members ?? []).map(({ member_id: principalId }) => ({
      ...{ principalId, role: role.startsWith(rolePrefix) ? role.slice(rolePrefix.length) : role },
    })),
  )
  return { bindings, ...(policy?.etag && { etag: policy.etag }) }
}

function shown({ bindings, etag }: PolicyView) {
  const roles = [...Map.groupBy(bindings, ({ role }) => role)]
  const policy: Policy = {
    etag,
    bindings: roles.map(([role, given]) => ({
      role_id: `${rolePrefix}${role}`,
      members: given.map(({ principalId, kind }) => ({
        ...{ member_id: principalId, member_type: memberType[kind] },
      })),
    })),
  }
  return render({ policy })
}

const memberType = { service: 'SERVICE_PRINCIPAL', user: 'USER' } as const
