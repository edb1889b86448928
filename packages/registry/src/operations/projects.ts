import { bucketsOf } from '../domain/access.ts'
import type { ProjectAddress } from '../domain/address.ts'
import type { Ids } from '../domain/ids.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import { checkProject, type Project, type ProjectRegistry } from '../domain/tenant.ts'
import type { Instant } from '../domain/time.ts'
import type { NewProject, ProjectChange } from '../inputs.ts'
import type { OperationView, ProjectView } from '../views.ts'
import type { Stage } from './desk.ts'
import { showOperation } from './show.ts'
import { getProject } from './tenants.ts'

/** Makes a project with its registry; whoever makes it becomes its administrator. */
export async function createProject(
  stage: Stage,
  organizationId: string,
  { name, description = '' }: NewProject,
): Promise<ProjectView> {
  const { rows, now, ids, caller } = stage
  const project: Project = { id: ids.uuid(), organizationId, name, description, createdAt: now }
  obey(checkProject(project))
  await refuseTaken(stage, project)
  await rows.tenants.addProject(project)
  await rows.tenants.addRegistry(newRegistry(ids, project.id, now))
  await rows.bindings.replace(project.id, [{ principalId: caller.principalId, role: 'admin' }], now)
  stage.rightsChanged()
  stage.note({ after: { id: project.id, name, description } })
  return project
}

/** The registry that every project has from the start. */
export function newRegistry(ids: Ids, projectId: string, now: Instant): ProjectRegistry {
  return {
    ...{ id: ids.ulid(now), projectId, activated: true, tier: 'plus', hmacGeneration: 1 },
    ...{ onUntracked: 'unset', createdAt: now, updatedAt: now },
  }
}

export async function updateProject(stage: Stage, at: ProjectAddress, change: ProjectChange): Promise<void> {
  const before = await getProject(stage, at)
  const after = { ...before, ...change }
  obey(checkProject(after))
  await refuseTaken(stage, after)
  await stage.rows.tenants.updateProject(after)
  const words = ({ name, description }: Project) => ({ name, description })
  stage.note({ before: words(before), after: words(after) })
}

/** Deletes a project with its registry, its principals and the roles on it. The last one stays: the next start needs one. */
export async function deleteProject(stage: Stage, at: ProjectAddress): Promise<OperationView> {
  const { rows, now } = stage
  const { id, name } = await getProject(stage, at)
  if ((await rows.tenants.projects(at.organizationId)).length === 1)
    throw new Refusal('project.last', { project: name })
  await rows.bindings.removeWithin(bucketsOf(id))
  await rows.bindings.remove(id)
  await rows.tenants.removeProject(id)
  stage.rightsChanged()
  stage.note({ before: { id, name } })
  // Nothing is left that a client could wait for.
  return showOperation(at, { id: '', projectId: id, createdAt: now })
}

async function refuseTaken({ rows }: Stage, { id, name, organizationId }: Project): Promise<void> {
  const others = await rows.tenants.projects(organizationId)
  if (others.some((other) => other.name === name && other.id !== id))
    throw new Refusal('project.exists', { project: name })
}
