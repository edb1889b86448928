import { isInside } from '../domain/access.ts'
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
 * The projects in which the caller has any right. A principal of one project is refused, as by the hosted service, unless its
 * client asks for all projects whatever it was told: that one could not work at all otherwise.
 */
export async function listProjects(
  { rows, caller }: Scene,
  organizationId: string,
): Promise<readonly ProjectView[]> {
  const { organizationId: own, projectId: home } = caller
  const listed = home === undefined || listsProjectsAlways(caller.sourceChannel ?? '')
  const projects = listed && own === organizationId ? await rows.tenants.projects(own) : []
  const open = projects.filter(({ id }) => isInside(caller, { organizationId, projectId: id }))
  if (open.length > 0) return open
  throw new Refusal('access.denied', {
    ...{ principal: caller.principalName, needs: 'viewer', action: 'project.list' },
  })
}

export async function getProject({ rows }: Scene, at: ProjectAddress): Promise<ProjectView> {
  const project = await rows.tenants.project(at.projectId)
  if (project?.organizationId === at.organizationId) return project
  throw new Refusal('project.absent', { project: at.projectId })
}

export async function getOperation(scene: Scene, at: ProjectAddress, id: string): Promise<OperationView> {
  await getProject(scene, at)
  const operation = await scene.rows.tenants.operation(at.projectId, id)
  if (!operation) throw new Refusal('operation.absent', { operation: id })
  return showOperation(at, operation)
}
