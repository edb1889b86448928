import { bucketsOf } from '../domain/access.ts'
import type { ProjectAddress } from '../domain/address.ts'
import { Refusal } from '../domain/refusal.ts'
import { isTaskType } from '../domain/run-task.ts'
import type { OnUntracked, ProjectRegistry, Tier } from '../domain/tenant.ts'
import type { RegistryChange } from '../inputs.ts'
import type { OperationView, RegistryView, RunTaskView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import { enter, findRegistry } from './find.ts'
import { showOperation } from './show.ts'

interface Changed {
  readonly registry: RegistryView
  readonly operation: OperationView
}

export async function getRegistry(scene: Scene, at: ProjectAddress): Promise<RegistryView> {
  return show(scene, at, await findRegistry(scene, at))
}

/** A project has one from the beginning; it can only be made anew after it was deleted. */
export async function createRegistry(stage: Stage, at: ProjectAddress, tier: Tier): Promise<Changed> {
  const { rows, now, ids } = stage
  if (await rows.tenants.registry(at.organizationId, at.projectId))
    throw new Refusal('registry.exists', { project: at.projectId })
  const project = await rows.tenants.project(at.projectId)
  if (project?.organizationId !== at.organizationId)
    throw new Refusal('project.absent', { project: at.projectId })
  const registry: ProjectRegistry = {
    ...{ id: ids.ulid(now), projectId: at.projectId, activated: true, tier },
    ...{ hmacGeneration: 1, onUntracked: 'unset', createdAt: now, updatedAt: now },
  }
  await rows.tenants.addRegistry(registry)
  stage.note({ after: { tier } })
  return done(stage, at, registry)
}

/** Deactivated, it refuses everything but calls about itself; nothing of it is lost. */
export async function updateRegistry(
  stage: Stage,
  at: ProjectAddress,
  change: RegistryChange,
): Promise<Changed> {
  const before = await findRegistry(stage, at)
  const after = { ...before, ...change, updatedAt: stage.now }
  await stage.rows.tenants.updateRegistry(after)
  const facts = ({ tier, activated }: ProjectRegistry) => ({ tier, activated })
  stage.note({ before: facts(before), after: facts(after) })
  return done(stage, at, after)
}

/** Deletes the registry of a project with all its buckets. */
export async function deleteRegistry(stage: Stage, at: ProjectAddress): Promise<Changed> {
  const registry = await findRegistry(stage, at)
  await stage.rows.tenants.removeRegistry(at.projectId)
  await stage.rows.bindings.removeWithin(bucketsOf(at.projectId))
  stage.rightsChanged()
  stage.note({ before: { id: registry.id, tier: registry.tier } })
  return done(stage, at, registry)
}

/** What to enter in HCP Terraform for a type of run task. */
export async function getRunTask(scene: Scene, at: ProjectAddress, type: string): Promise<RunTaskView> {
  if (!isTaskType(type)) throw new Refusal('run-task.absent', { type })
  return showRunTask(scene, await activeRegistry(scene, at), type)
}

/** Makes a new key; what is signed with the old one is refused from now on. */
export async function renewRunTaskKey(stage: Stage, at: ProjectAddress): Promise<RunTaskView> {
  const before = await activeRegistry(stage, at)
  const after = { ...before, hmacGeneration: before.hmacGeneration + 1, updatedAt: stage.now }
  await stage.rows.tenants.updateRegistry(after)
  stage.note({ before: { key: before.hmacGeneration }, after: { key: after.hmacGeneration } })
  return showRunTask(stage, after, 'validation')
}

export async function getUntracked(scene: Scene, at: ProjectAddress): Promise<OnUntracked> {
  return (await activeRegistry(scene, at)).onUntracked
}

export async function setUntracked(
  stage: Stage,
  at: ProjectAddress,
  onUntracked: OnUntracked,
): Promise<OnUntracked> {
  const before = await activeRegistry(stage, at)
  await stage.rows.tenants.updateRegistry({ ...before, onUntracked, updatedAt: stage.now })
  stage.note({ before: { onUntracked: before.onUntracked }, after: { onUntracked } })
  return onUntracked
}

async function activeRegistry(scene: Scene, at: ProjectAddress): Promise<ProjectRegistry> {
  await enter(scene, at)
  return findRegistry(scene, at)
}

async function done(stage: Stage, at: ProjectAddress, registry: ProjectRegistry): Promise<Changed> {
  const { rows, now, ids } = stage
  const operation = { id: ids.ulid(now), projectId: at.projectId, createdAt: now }
  await rows.tenants.addOperation(operation)
  return { registry: show(stage, at, registry), operation: showOperation(at, operation) }
}

function show({ secrets }: Scene, at: ProjectAddress, registry: ProjectRegistry): RegistryView {
  const { hmacGeneration: _, ...facts } = registry
  return { ...facts, organizationId: at.organizationId, runTaskId: runTaskId(secrets, registry) }
}

function showRunTask({ secrets }: Scene, registry: ProjectRegistry, type: string): RunTaskView {
  const { id, hmacGeneration } = registry
  return {
    path: `/run-tasks/${runTaskId(secrets, registry)}/${type}`,
    hmacKey: secrets.derive('run-task-key', id, String(hmacGeneration)),
  }
}

/** Names a registry to those who need no token; cannot be guessed. */
function runTaskId(secrets: Scene['secrets'], { id }: ProjectRegistry): string {
  return secrets.derive('run-task-id', id).slice(0, 32)
}
