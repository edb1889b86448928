import { nobody } from '../audit/event.ts'
import type { Role } from '../domain/caller.ts'
import type { Principal, SigningKey } from '../domain/principal.ts'
import type { Organization, Project } from '../domain/tenant.ts'
import type { OrganizationView, ProjectView } from '../views.ts'
import type { Desk } from './desk.ts'
import { newRegistry } from './projects.ts'

/** A client id and the hash of its secret. */
export interface SecretPair {
  readonly clientId: string
  /** SHA-256 of the secret, 64 hexadecimal digits. */
  readonly secretHash: string
}

/** What the first start makes; every later start finds it and changes nothing. */
export interface Founding extends SecretPair {
  readonly organizationName: string
  readonly projectName: string
  readonly principalName: string
  readonly role: Role
}

export interface Founded {
  /** Whether this call made it, and not an earlier one. */
  readonly created: boolean
  readonly organization: OrganizationView
  readonly project: ProjectView
  readonly principal: Principal
}

/** Makes organization, project, registry and principal, unless there is an organization already. */
export async function found(desk: Desk, founding: Founding): Promise<Founded> {
  const found = await desk.store.read(async (rows) => {
    const organization = await rows.tenants.firstOrganization()
    if (!organization) return undefined
    const [project] = await rows.tenants.projects(organization.id)
    const principal = await rows.principals.first(organization.id)
    return project && principal && { created: false, organization, project, principal }
  })
  return found ?? make(desk, founding)
}

async function make({ store, clock, ids }: Desk, founding: Founding): Promise<Founded> {
  const createdAt = clock.now()
  const organization: Organization = { id: ids.uuid(), name: founding.organizationName, createdAt }
  const project: Project = {
    ...{
      id: ids.uuid(),
      organizationId: organization.id,
      name: founding.projectName,
      description: '',
      createdAt,
    },
  }
  const principal: Principal = {
    ...{ id: ids.ulid(createdAt), kind: 'service', name: founding.principalName },
    ...{ organizationId: organization.id, grants: new Map([[organization.id, founding.role]]), createdAt },
  }
  const { clientId, secretHash } = founding
  const object = `organization/${organization.id}`
  await store.write(async ({ rows }) => {
    await rows.tenants.addOrganization(organization)
    await rows.tenants.addProject(project)
    await rows.tenants.addRegistry(newRegistry(ids, project.id, createdAt))
    await rows.principals.add(principal)
    const binding = { principalId: principal.id, role: founding.role }
    await rows.bindings.replace(organization.id, [binding], createdAt)
    await rows.principals.addCredential({ clientId, secretHash, principal, createdAt })
    await rows.audit.add({ ...nobody, at: createdAt, action: 'organization.found', object })
  })
  return { created: true, organization, project, principal }
}

/** Gives a principal one more pair of client id and secret. */
export async function addCredential(
  { store, clock }: Desk,
  principalId: string,
  { clientId, secretHash }: SecretPair,
): Promise<void> {
  await store.write(async ({ rows }) => {
    const at = clock.now()
    const principal = await rows.principals.find(principalId)
    if (!principal) throw new Error(`There is no principal ${principalId} to give a secret to.`)
    await rows.principals.addCredential({ clientId, secretHash, principal, createdAt: at })
    await rows.audit.add({
      ...nobody,
      at,
      action: 'credential.add',
      object: `principal/${principalId}/client/${clientId}`,
    })
  })
}

/** Keeps a key that will sign tokens. */
export async function addSigningKey(
  { store, clock }: Desk,
  { id, jwk }: { readonly id: string; readonly jwk: string },
): Promise<SigningKey> {
  const key = { id, jwk, createdAt: clock.now() }
  await store.write(async ({ rows }) => {
    await rows.principals.addSigningKey(key)
    await rows.audit.add({
      ...nobody,
      at: key.createdAt,
      action: 'signing-key.add',
      object: `signing-key/${id}`,
    })
  })
  return key
}
