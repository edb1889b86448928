/** Where everything of a project's registry lies. */
export const project = '/packer/2021-04-30/organizations/:organization_id/projects/:project_id'
