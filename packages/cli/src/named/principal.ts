import type { Client, PrincipalHome, PrincipalPlace, ServicePrincipal } from '@ingot/client'
import { NotFoundError } from '../explain.ts'

/** Where principals of the project are made, and those of its organization. */
export async function homesOf(client: Client): Promise<{
  readonly project: PrincipalHome
  readonly organization: PrincipalHome
}> {
  const { organizationId, projectId } = await client.tenancy()
  return {
    project: { type: 'project', id: projectId },
    organization: { type: 'organization', id: organizationId },
  }
}

/**
 * The service principals of the project, and those of its organization where they may be seen.
 *
 * @throws ClientError
 */
export async function principalsOf(client: Client): Promise<readonly ServicePrincipal[]> {
  const { project, organization } = await homesOf(client)
  const own = await client.principals.list(project)
  const { ClientError, GRPC } = await import('@ingot/client')
  const shared = await client.principals.list(organization).catch((error: unknown) => {
    if (error instanceof ClientError && error.refusedWith(GRPC.permissionDenied)) return []
    throw error
  })
  return [...own, ...shared]
}

/**
 * A service principal by its name, of the project before one of the organization.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function principalCalled(
  client: Client,
  name: string,
): Promise<ServicePrincipal & { readonly place: PrincipalPlace }> {
  const principals = await principalsOf(client)
  const found = principals.find((each) => each.name === name)
  if (!found) {
    const known = principals.map((each) => each.name).join(', ')
    throw new NotFoundError(`There is no principal ${name}. There are: ${known}.`)
  }
  const { project, organization } = await homesOf(client)
  return { ...found, place: { home: found.project_id ? project : organization, name } }
}
