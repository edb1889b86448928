/** Where everything lies that Ingot adds to a project's registry. */
export const project = '/ingot/v1/organizations/:organization_id/projects/:project_id'
