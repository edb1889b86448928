import type { ProjectAddress } from '../domain/address.ts'
import { Refusal } from '../domain/refusal.ts'
import { listsProjectsAlways } from '../domain/source-channel.ts'
import type { OperationView, OrganizationView, ProjectView } from '../views.ts'
import type { Scene } from './desk.ts'
import { showOperation } from './show.ts'

/** The organization of the caller: clients want exactly one. */
export async function listOrganizations({ rows, caller }: Scene): Promise<readonly OrganizationView[]> {
  const organization = await rows.tenants.organization(caller.organizationId)
  return organization ? [organization] : []
}

/**
 * Refuses a caller to whom only one project is open, as the hosted service does. A client that asks whatever project it was told
 * gets that one: it could not work at all otherwise.
 */
export async function listProjects(
  { rows, caller }: Scene,
  organizationId: string,
): Promise<readonly ProjectView[]> {
  if (caller.projectId === undefined && caller.organizationId === organizationId)
    return rows.tenants.projects(organizationId)
  const own = await rows.tenants.project(caller.projectId ?? '')
  if (own?.organizationId === organizationId && listsProjectsAlways(caller.sourceChannel ?? '')) return [own]
  const { principalName: principal } = caller
  throw new Refusal('access.denied', { principal, needs: 'viewer', action: 'project.list' })
}

export async function getProject({ rows }: Scene, at: ProjectAddress): Promise<ProjectView> {
  const project = await rows.tenants.project(at.projectId)
  if (project?.organizationId === at.organizationId) return project
  throw new Refusal('project.absent', { project: at.projectId })
}

export async function getOperation({ rows }: Scene, at: ProjectAddress, id: string): Promise<OperationView> {
  const operation = await rows.tenants.operation(at.projectId, id)
  if (!operation) throw new Refusal('operation.absent', { operation: id })
  return showOperation(at, operation)
}
