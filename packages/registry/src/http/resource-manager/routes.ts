import { type Organization, type Project, resourceManager } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import type { OrganizationView, ProjectView } from '../../views.ts'
import { render } from '../answer.ts'
import { longOperation } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'
import { policyRoutes } from './policies.ts'

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

  serve(resourceManager.createProject, async ({ registry, caller, body }) => {
    const wish = { name: body.name ?? '', description: body.description ?? '' }
    const made = await registry.tenants.createProject(caller, body.parent?.id || caller.organizationId, wish)
    return render({ project: project(made), operation_id: '' })
  }),

  serve(resourceManager.setProjectName, async ({ registry, caller, at, body }) => {
    await registry.tenants.updateProject(caller, at.id, { name: body.name ?? '' })
    return render({ operation_id: '' })
  }),

  serve(resourceManager.setProjectDescription, async ({ registry, caller, at, body }) => {
    await registry.tenants.updateProject(caller, at.id, { description: body.description ?? '' })
    return render({ operation_id: '' })
  }),

  serve(resourceManager.deleteProject, async ({ registry, caller, at }) =>
    render({ operation: longOperation(await registry.tenants.deleteProject(caller, at.id)) }),
  ),

  ...policyRoutes,
]

function organization({ id, name, createdAt }: OrganizationView): Organization {
  return { id, name, owner: { user: '' }, state: 'ACTIVE', created_at: new Date(createdAt).toISOString() }
}

function project({ id, name, description, organizationId, createdAt }: ProjectView): Project {
  const parent = { type: 'ORGANIZATION' as const, id: organizationId }
  return { id, name, description, parent, state: 'ACTIVE', created_at: new Date(createdAt).toISOString() }
}
