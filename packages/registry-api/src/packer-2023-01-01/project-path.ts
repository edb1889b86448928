/** Where everything of a project's registry lies. */
export const project = '/packer/2023-01-01/organizations/:organization_id/projects/:project_id'
