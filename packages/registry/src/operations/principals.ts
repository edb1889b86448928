import { keysPerPrincipal } from '../domain/limits.ts'
import { checkPrincipalName, type Principal } from '../domain/principal.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import type { KeyView, PrincipalView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import type { SecretPair } from './founding.ts'
import { getProject } from './tenants.ts'

/** Where principals are made: in an organization, or in one of its projects. */
export interface Home {
  readonly organizationId: string
  readonly projectId?: string
}

/** Where a principal is, by its name. */
export interface PrincipalAddress extends Home {
  readonly principal: string
}

/** A principal that may do nothing yet. */
export async function createPrincipal(stage: Stage, at: PrincipalAddress): Promise<PrincipalView> {
  const { rows, ids, now } = stage
  const { principal: name, organizationId, projectId } = at
  obey(checkPrincipalName(name))
  if (await rows.principals.named(await homeOf(stage, at), name))
    throw new Refusal('principal.exists', { principal: name })
  const principal: Principal = {
    ...{ id: ids.ulid(now), kind: 'service', name, organizationId, grants: new Map(), createdAt: now },
    ...(projectId !== undefined && { projectId }),
  }
  await rows.principals.add(principal)
  stage.note({ after: { id: principal.id, name } })
  return show(principal)
}

export async function listPrincipals(scene: Scene, at: Home): Promise<readonly PrincipalView[]> {
  return (await scene.rows.principals.of(await homeOf(scene, at))).map(show)
}

export async function getPrincipal(
  scene: Scene,
  at: PrincipalAddress,
): Promise<{ readonly principal: PrincipalView; readonly keys: readonly KeyView[] }> {
  const principal = await findPrincipal(scene, at)
  return { principal: show(principal), keys: await scene.rows.principals.keys(principal.id) }
}

/** The first one stays: it is that of whoever runs the registry, and every start looks for it. */
export async function deletePrincipal(stage: Stage, at: PrincipalAddress): Promise<void> {
  const { rows } = stage
  const { id, name, organizationId } = await findPrincipal(stage, at)
  if ((await rows.principals.first(organizationId))?.id === id)
    throw new Refusal('principal.founder', { principal: name })
  await rows.principals.remove(id)
  stage.rightsChanged()
  stage.note({ before: { id, name } })
}

/** A key whose secret only its maker knows. */
export async function createKey(
  stage: Stage,
  at: PrincipalAddress,
  pair: SecretPair,
): Promise<KeyView & { readonly of: PrincipalView }> {
  const { rows, now } = stage
  const principal = await findPrincipal(stage, at)
  if ((await rows.principals.keys(principal.id)).length >= keysPerPrincipal)
    throw new Refusal('key.too-many', { principal: principal.name, limit: keysPerPrincipal })
  const { clientId, secretHash } = pair
  await rows.principals.addCredential({ clientId, secretHash, principal, createdAt: now })
  stage.note({ after: { clientId } })
  return { clientId, createdAt: now, of: show(principal) }
}

export async function deleteKey(stage: Stage, at: PrincipalAddress, clientId: string): Promise<void> {
  const principal = await findPrincipal(stage, at)
  if (!(await stage.rows.principals.removeCredential(principal.id, clientId)))
    throw new Refusal('key.absent', { key: clientId })
  stage.rightsChanged()
  stage.note({ before: { clientId } })
}

/** Those of the asked principals that the caller's organization has; each once, in the order of asking. */
export async function findPrincipals(
  { rows, caller }: Scene,
  ids: readonly string[],
): Promise<readonly PrincipalView[]> {
  const found: PrincipalView[] = []
  for (const id of new Set(ids)) {
    const principal = await rows.principals.find(id)
    if (principal?.organizationId === caller.organizationId) found.push(show(principal))
  }
  return found
}

async function findPrincipal(scene: Scene, at: PrincipalAddress): Promise<Principal> {
  const found = await scene.rows.principals.named(await homeOf(scene, at), at.principal)
  if (found) return found
  throw new Refusal('principal.absent', { principal: at.principal })
}

/** The id of the organization or the project; a project must be one of the organization. */
async function homeOf(scene: Scene, { organizationId, projectId }: Home): Promise<string> {
  if (projectId === undefined) return organizationId
  return (await getProject(scene, { organizationId, projectId })).id
}

function show({ kind: _, grants: __, ...facts }: Principal): PrincipalView {
  return facts
}
