import { operation } from '../operation.ts'
import { LongOperation } from '../packer-2023-01-01/models.ts'
import { given, list, object, string } from '../schema.ts'
import { Organization, Pagination, Policy, Project, WrittenPolicy } from './models.ts'

const base = '/resource-manager/2019-12-10'
const resourcePolicy = '/2019-12-10/resource-manager/resources/iam-policy'
const holder = object({ policy: Policy })
/** Changes are done when they are told of: the identifier of what could be waited for is empty. */
const done = object({ operation_id: string })

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

/** Makes a project with its registry; who makes it becomes its administrator. */
export const createProject = operation({
  id: 'ProjectService_Create',
  plane: 'resource-manager',
  method: 'POST',
  path: `${base}/projects`,
  body: given({ name: string, description: string, parent: given({ type: string, id: string }) }),
  reply: object({ project: Project, operation_id: string }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Renames a project. */
export const setProjectName = operation({
  id: 'ProjectService_SetName',
  plane: 'resource-manager',
  method: 'PUT',
  path: `${base}/projects/:id/name`,
  body: given({ name: string }),
  reply: done,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Describes a project; no text clears the description. */
export const setProjectDescription = operation({
  id: 'ProjectService_SetDescription',
  plane: 'resource-manager',
  method: 'PUT',
  path: `${base}/projects/:id/description`,
  body: given({ description: string }),
  reply: done,
  seenFrom: ['terraform-provider-hcp'],
})

/** Deletes a project with its registry and its principals. The provider breaks on an answer without an operation. */
export const deleteProject = operation({
  id: 'ProjectService_Delete',
  plane: 'resource-manager',
  method: 'DELETE',
  path: `${base}/projects/:id`,
  reply: object({ operation: LongOperation }),
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** The roles that were given on a project. */
export const getProjectIamPolicy = operation({
  id: 'ProjectService_GetIamPolicy',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/projects/:id/iam-policy`,
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Replaces them; refused with 409 when they are not those of the etag. */
export const setProjectIamPolicy = operation({
  id: 'ProjectService_SetIamPolicy',
  plane: 'resource-manager',
  method: 'PUT',
  path: `${base}/projects/:id/iam-policy`,
  body: given({ policy: WrittenPolicy }),
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** The roles that were given on an organization. */
export const getOrganizationIamPolicy = operation({
  id: 'OrganizationService_GetIamPolicy',
  plane: 'resource-manager',
  method: 'GET',
  path: `${base}/organizations/:id/iam-policy`,
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Replaces them; somebody must stay an administrator. */
export const setOrganizationIamPolicy = operation({
  id: 'OrganizationService_SetIamPolicy',
  plane: 'resource-manager',
  method: 'PUT',
  path: `${base}/organizations/:id/iam-policy`,
  body: given({ policy: WrittenPolicy }),
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** The roles that were given on a bucket, by its resource name: `packer/project/<id>/bucket/<name>`. */
export const getResourceIamPolicy = operation({
  id: 'ResourceService_GetIamPolicy',
  plane: 'resource-manager',
  method: 'GET',
  path: resourcePolicy,
  query: object({}, { resource_id: string, resource_name: string }),
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})

/** Replaces them. */
export const setResourceIamPolicy = operation({
  id: 'ResourceService_SetIamPolicy',
  plane: 'resource-manager',
  method: 'PUT',
  path: resourcePolicy,
  body: given({ resource_id: string, resource_name: string, policy: WrittenPolicy }),
  reply: holder,
  seenFrom: ['terraform-provider-hcp', 'ingot'],
})
