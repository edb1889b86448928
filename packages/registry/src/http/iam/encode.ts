import type { Principal, ServicePrincipal, ServicePrincipalKey } from '@ingot/registry-api'
import type { KeyView, PrincipalView } from '../../views.ts'

/** A service principal on the wire. */
export function servicePrincipal(view: PrincipalView): ServicePrincipal {
  const { id, name, organizationId, projectId, createdAt } = view
  return {
    ...{ id, name, organization_id: organizationId, resource_name: resourceOf(view) },
    created_at: new Date(createdAt).toISOString(),
    ...(projectId !== undefined && { project_id: projectId }),
  }
}

/** A key on the wire. */
export function key(of: PrincipalView, { clientId, createdAt }: KeyView): ServicePrincipalKey {
  return {
    ...{ client_id: clientId, resource_name: `${resourceOf(of)}/key/${clientId}`, state: 'ACTIVE' },
    created_at: new Date(createdAt).toISOString(),
  }
}

/** Any principal on the wire. */
export function principal(view: PrincipalView): Principal {
  return { id: view.id, type: 'PRINCIPAL_TYPE_SERVICE', service: servicePrincipal(view) }
}

function resourceOf({ organizationId, projectId, name }: PrincipalView): string {
  const home = projectId === undefined ? `organization/${organizationId}` : `project/${projectId}`
  return `iam/${home}/service-principal/${name}`
}
