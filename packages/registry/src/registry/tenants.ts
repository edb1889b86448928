import type { ProjectAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { NewProject, ProjectChange } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import * as projects from '../operations/projects.ts'
import * as tenants from '../operations/tenants.ts'
import type { OperationView, OrganizationView, ProjectView } from '../views.ts'

/** Organizations, projects, and what belongs to a project as a whole. */
export class Tenants {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  listOrganizations(caller: Caller): Promise<readonly OrganizationView[]> {
    const at = { organizationId: caller.organizationId }
    const request = { caller, action: 'organization.list', at, reach: 'any' } as const
    return this.#desk.look(request, (scene) => tenants.listOrganizations(scene))
  }
  /** Refused with `access.denied` to a principal of one project. */
  listProjects(caller: Caller, organizationId: string): Promise<readonly ProjectView[]> {
    const at = { organizationId: caller.organizationId }
    const request = { caller, action: 'project.list', at, reach: 'any' } as const
    return this.#desk.look(request, (scene) => tenants.listProjects(scene, organizationId))
  }
  getProject(caller: Caller, projectId: string): Promise<ProjectView> {
    const at = { organizationId: caller.organizationId, projectId }
    return this.#desk.look({ caller, action: 'project.read', at, reach: 'any' }, (scene) =>
      tenants.getProject(scene, at),
    )
  }
  /** Needs the admin role on the organization. */
  createProject(caller: Caller, organizationId: string, project: NewProject): Promise<ProjectView> {
    const at = { organizationId, project: project.name }
    const request = { caller, action: 'project.create', at, needs: 'admin' } as const
    return this.#desk.change(request, (stage) => projects.createProject(stage, organizationId, project))
  }
  /** Renames or describes a project. */
  updateProject(caller: Caller, projectId: string, change: ProjectChange): Promise<void> {
    const { at, ...request } = ofProject(caller, 'project.update', projectId)
    return this.#desk.change({ ...request, at }, (stage) => projects.updateProject(stage, at, change))
  }
  /** Deletes a project with everything in it. */
  deleteProject(caller: Caller, projectId: string): Promise<OperationView> {
    const { at, ...request } = ofProject(caller, 'project.delete', projectId)
    return this.#desk.change({ ...request, at }, (stage) => projects.deleteProject(stage, at))
  }
  getOperation(caller: Caller, at: ProjectAddress, operationId: string): Promise<OperationView> {
    return this.#desk.look({ caller, action: 'operation.read', at, reach: 'any' }, (scene) =>
      tenants.getOperation(scene, at, operationId),
    )
  }
}

function ofProject(caller: Caller, action: string, projectId: string) {
  const at = { organizationId: caller.organizationId, projectId, project: projectId }
  return { caller, action, at, needs: 'admin' } as const
}
