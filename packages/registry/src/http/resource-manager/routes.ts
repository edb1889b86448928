import { type Organization, type Project, resourceManager } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import type { OrganizationView, ProjectView } from '../../views.ts'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'

const onePage = { next_page_token: '', previous_page_token: '' }

/** How clients find out which organization and project their principal belongs to. */
export const resourceManagerRoutes: readonly Route[] = [
  serve(resourceManager.listOrganizations, async ({ registry, caller }) => {
    const organizations = await registry.tenants.listOrganizations(caller)
    return render({ organizations: organizations.map(organization), pagination: onePage })
  }),

  serve(resourceManager.getOrganization, async ({ registry, caller, at }) => {
    const found = (await registry.tenants.listOrganizations(caller)).find(({ id }) => id === at.id)
    if (!found) throw new Refusal('organization.absent', { organization: at.id })
    return render({ organization: organization(found) })
  }),

  serve(resourceManager.listProjects, async ({ registry, caller, query }) => {
    const projects = await registry.tenants.listProjects(caller, query['scope.id'] || caller.organizationId)
    return render({ projects: projects.map(project), pagination: onePage })
  }),

  serve(resourceManager.getProject, async ({ registry, caller, at }) =>
    render({ project: project(await registry.tenants.getProject(caller, at.id)) }),
  ),
]

function organization({ id, name, createdAt }: OrganizationView): Organization {
  return { id, name, owner: { user: '' }, state: 'ACTIVE', created_at: new Date(createdAt).toISOString() }
}

function project({ id, name, description, organizationId, createdAt }: ProjectView): Project {
  const parent = { type: 'ORGANIZATION' as const, id: organizationId }
  return { id, name, description, parent, state: 'ACTIVE', created_at: new Date(createdAt).toISOString() }
}
