import { bucketResource } from '../domain/access.ts'
import type { Role } from '../domain/caller.ts'
import { policyMembers } from '../domain/limits.ts'
import { etagOf } from '../domain/policy.ts'
import { Refusal } from '../domain/refusal.ts'
import type { PolicyWish } from '../inputs.ts'
import type { PolicyView } from '../views.ts'
import type { Scene, Stage } from './desk.ts'
import { findBucket } from './find.ts'
import { getProject } from './tenants.ts'

/** What a policy is that of: an organization, a project of it, or a bucket of that. */
export interface PolicyAddress {
  readonly organizationId: string
  readonly projectId?: string
  readonly bucket?: string
}

export async function getPolicy(scene: Scene, at: PolicyAddress): Promise<PolicyView> {
  return read(scene, await resourceOf(scene, at))
}

/** Replaces the roles that were given on a resource. */
export async function setPolicy(stage: Stage, at: PolicyAddress, wish: PolicyWish): Promise<PolicyView> {
  const resource = await resourceOf(stage, at)
  const before = await read(stage, resource)
  if (wish.etag && wish.etag !== before.etag) throw new Refusal('policy.stale', {})
  const bindings = await checked(stage, wish)
  if (at.projectId === undefined && !bindings.some(({ role }) => role === 'admin'))
    throw new Refusal('policy.no-admin', {})
  await stage.rows.bindings.replace(resource, bindings, stage.now)
  stage.rightsChanged()
  stage.note({ before: before.bindings.map(line), after: bindings.map(line) })
  return read(stage, resource)
}

async function read({ rows }: Scene, resource: string): Promise<PolicyView> {
  const bindings = await rows.bindings.of(resource)
  return { bindings, etag: etagOf(bindings) }
}

/** Each role of each member once; refuses roles and members that are not there. */
async function checked({ rows, caller }: Stage, { bindings }: PolicyWish) {
  if (bindings.length > policyMembers)
    throw new Refusal('list.too-long', { field: 'members', limit: policyMembers })
  const given = new Map<string, { readonly principalId: string; readonly role: Role }>()
  for (const { principalId, role } of bindings) {
    if (!isRole(role)) throw new Refusal('policy.role', { role })
    const principal = await rows.principals.find(principalId)
    if (principal?.organizationId !== caller.organizationId)
      throw new Refusal('policy.member', { principal: principalId })
    given.set(`${role} ${principalId}`, { principalId, role })
  }
  return [...given.values()]
}

function isRole(word: string): word is Role {
  return word === 'viewer' || word === 'contributor' || word === 'admin'
}

/** How roles name the resource, which must be there. */
async function resourceOf(scene: Scene, { organizationId, projectId, bucket }: PolicyAddress) {
  if (projectId === undefined) return organizationId
  const at = { organizationId, projectId }
  if (bucket === undefined) return (await getProject(scene, at)).id
  const { name } = await findBucket(scene, { ...at, bucket })
  return bucketResource({ projectId, bucket: name })
}

function line({ principalId, role }: { readonly principalId: string; readonly role: Role }): string {
  return `${role} ${principalId}`
}
