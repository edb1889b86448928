import type { Organization, Project } from '@ingot/registry-api'
import type { Tenancy } from './call.ts'
import { ClientError } from './client-error.ts'

/** What the registry lists; asked only when an id is not known. */
export interface Directory {
  organizations(): Promise<readonly Organization[]>
  projects(organizationId: string): Promise<readonly Project[]>
}

/** Finds organization and project as packer does: the only organization, and its oldest project. */
export async function findTenancy(known: Partial<Tenancy>, directory: Directory): Promise<Tenancy> {
  const organizationId = known.organizationId ?? onlyOf(await directory.organizations()).id
  const projectId = known.projectId ?? oldestOf(await directory.projects(organizationId)).id
  return { organizationId, projectId }
}

function onlyOf(organizations: readonly Organization[]): Organization {
  const [first, ...more] = organizations
  if (first && more.length === 0) return first
  const names = organizations.map((organization) => `${organization.name} (${organization.id})`).join(', ')
  throw new ClientError(
    'misconfigured',
    first
      ? `The registry has several organizations: ${names}.`
      : 'The registry shows no organization to this client.',
    {
      remedy: first
        ? 'Set HCP_ORGANIZATION_ID to one of them.'
        : 'Set HCP_ORGANIZATION_ID and HCP_PROJECT_ID.',
    },
  )
}

function oldestOf(projects: readonly Project[]): Project {
  const oldest = [...projects].sort(
    (a, b) => (Date.parse(a.created_at) || 0) - (Date.parse(b.created_at) || 0),
  )[0]
  if (oldest) return oldest
  throw new ClientError('misconfigured', 'The registry shows no project to this client.', {
    remedy: 'Set HCP_PROJECT_ID, or ask for a role on a project.',
  })
}
