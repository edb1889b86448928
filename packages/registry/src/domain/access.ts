import { type Caller, greater, includes, type Role } from './caller.ts'
import { Refusal } from './refusal.ts'

/** Where a right is asked for: on an organization, a project of it, or a bucket of that. */
export interface Place {
  readonly organizationId: string
  readonly projectId?: string
  readonly bucket?: string
}

/** What is asked, and of what. */
export interface Ask {
  readonly action: string
  readonly at: Place
  /**
   * `project` asks for the role on the project, whatever bucket is named. `any` is content with any role on anything inside:
   * the use case then looks at each thing by itself.
   */
  readonly reach?: 'project' | 'any'
}

/** How roles name a bucket, as the wire does; an organization and a project are named by their ids. */
export function bucketResource(at: { readonly projectId: string; readonly bucket: string }): string {
  return `${bucketsOf(at.projectId)}${at.bucket}`
}

/** What the names of all buckets of a project begin with. */
export function bucketsOf(projectId: string): string {
  return `packer/project/${projectId}/bucket/`
}

/** What a caller may do at a place: rights on organization, project and bucket add up. */
export function roleAt({ organizationId, grants }: Caller, at: Place): Role | undefined {
  if (organizationId !== at.organizationId) return undefined
  const { projectId, bucket } = at
  const outer = grants.get(organizationId)
  if (projectId === undefined) return outer
  const role = greater(outer, grants.get(projectId))
  return bucket === undefined ? role : greater(role, grants.get(bucketResource({ projectId, bucket })))
}

/** Whether a caller has any right in a project, be it on one bucket only. */
export function isInside(caller: Caller, { organizationId, projectId = '' }: Place): boolean {
  if (caller.organizationId !== organizationId) return false
  if (caller.grants.has(organizationId) || caller.grants.has(projectId)) return true
  const buckets = bucketsOf(projectId)
  return caller.grants.keys().some((resource) => resource.startsWith(buckets))
}

/**
 * Refuses a caller whose role is too small. Where it has no right at all, the place is not there for it: Terraform's provider
 * breaks on anything else, and nobody learns what belongs to others.
 */
export function mayAct(caller: Caller, ask: Ask, needs: Role): Refusal | undefined {
  const { action, at, reach } = ask
  const { organizationId, projectId, bucket } = at
  const role = roleAt(caller, reach === undefined ? at : withoutBucket(at))
  if (includes(role, needs)) return undefined
  if (projectId === undefined && caller.organizationId !== organizationId)
    return new Refusal('organization.absent', { organization: organizationId })
  if (projectId !== undefined && !isInside(caller, at))
    return new Refusal('project.absent', { project: projectId })
  if (reach === 'any') return undefined
  if (reach === undefined && bucket !== undefined && role === undefined)
    return new Refusal('bucket.absent', { bucket })
  return new Refusal('access.denied', { principal: caller.principalName, needs, action })
}

function withoutBucket({ organizationId, projectId }: Place): Place {
  return projectId === undefined ? { organizationId } : { organizationId, projectId }
}
