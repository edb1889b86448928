import { operation } from '../operation.ts'
import { dateTime, list, object, type Static, string, words } from '../schema.ts'

const base = '/resource-manager/2019-12-10'
const Pagination = object({ next_page_token: string, previous_page_token: string })

/** What holds projects. */
export const Organization = object({
  id: string,
  name: string,
  owner: object({ user: string }),
  state: words('ACTIVE'),
  created_at: dateTime,
})
export type Organization = Static<typeof Organization>

/** `parent` is where the Terraform provider reads the organization from. */
export const Project = object({
  id: string,
  name: string,
  description: string,
  parent: object({ type: words('ORGANIZATION'), id: string }),
  state: words('ACTIVE'),
  created_at: dateTime,
})
export type Project = Static<typeof Project>

/** The organizations that the caller sees; packer wants exactly one. */
export const listOrganizations = operation({
  id: 'OrganizationService_List',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/organizations`,
  reply: object({ organizations: list(Organization), pagination: Pagination }),
  seenFrom: ['packer', 'terraform-provider-hcp'],
})

/** One organization. */
export const getOrganization = operation({
  id: 'OrganizationService_Get',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/organizations/:id`,
  reply: object({ organization: Organization }),
  seenFrom: ['terraform-provider-hcp'],
})

/** The projects that the caller sees, in one page; packer takes the oldest. */
export const listProjects = operation({
  id: 'ProjectService_List',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/projects`,
  query: object({}, { 'scope.type': string, 'scope.id': string }),
  reply: object({ projects: list(Project), pagination: Pagination }),
  seenFrom: ['packer', 'terraform-provider-hcp'],
})

/** One project. */
export const getProject = operation({
  id: 'ProjectService_Get',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/projects/:id`,
  reply: object({ project: Project }),
  seenFrom: ['terraform-provider-hcp'],
})
