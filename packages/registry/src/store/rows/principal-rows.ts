import type { Role } from '../../domain/caller.ts'
import type { Credential, Principal, SigningKey } from '../../domain/principal.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

interface PrincipalRow {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly organizationId: string
  readonly projectId: string | null
  readonly createdAt: number
}

interface CredentialRow {
  readonly clientId: string
  readonly principalId: string
  readonly secretHash: string
  readonly createdAt: number
}

interface BindingRow {
  readonly principalId: string
  readonly resource: string
  readonly role: string
  readonly createdAt: number
}

const principals = table<PrincipalRow>('principals', {
  id: 'id',
  kind: 'kind',
  name: 'name',
  organizationId: 'organization_id',
  projectId: 'project_id',
  createdAt: 'created_at',
})
const credentials = table<CredentialRow>('credentials', {
  clientId: 'client_id',
  principalId: 'principal_id',
  secretHash: 'secret_hash',
  createdAt: 'created_at',
})
const bindings = table<BindingRow>('role_bindings', {
  principalId: 'principal_id',
  resource: 'resource',
  role: 'role',
  createdAt: 'created_at',
})
const signingKeys = table<SigningKey>('signing_keys', { id: 'id', jwk: 'jwk', createdAt: 'created_at' })

/** A principal and the role that it has on its own project or organization. */
const withRole = `select ${principals.columns('p')}, b.role as "role"
  from principals p join role_bindings b on b.principal_id = p.id and b.resource = coalesce(p.project_id, p.organization_id)`
type WithRole = PrincipalRow & { readonly role: string }

const principalById = statement<WithRole>()(`${withRole} where p.id = :id`)
const firstPrincipal = statement<WithRole>()(`${withRole} where p.organization_id = :organization
  order by p.created_at, p.id limit 1`)
const credentialById = statement<CredentialRow>()(
  `select ${credentials.columns('c')} from credentials c where c.client_id = :id`,
)
const allSigningKeys = statement<SigningKey>()(
  `select ${signingKeys.columns('k')} from signing_keys k order by k.created_at desc, k.id desc`,
)

/** Who may call, with what secret and what role, and the keys that sign their tokens. */
export class PrincipalRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(id: string): Promise<Principal | undefined> {
    return read(await this.#session.first(principalById, { id }))
  }

  /** The oldest principal of an organization. */
  async first(organization: string): Promise<Principal | undefined> {
    return read(await this.#session.first(firstPrincipal, { organization }))
  }

  async credential(id: string): Promise<Credential | undefined> {
    const row = await this.#session.first(credentialById, { id })
    const principal = row && (await this.find(row.principalId))
    if (!principal) return undefined
    return { clientId: row.clientId, secretHash: row.secretHash, principal, createdAt: row.createdAt }
  }

  /** Newest first. */
  signingKeys(): Promise<SigningKey[]> {
    return this.#session.all(allSigningKeys, {})
  }

  async add(principal: Principal): Promise<void> {
    const { role, projectId = null, ...row } = principal
    await this.#session.run(principals.insert, { ...row, projectId })
    const resource = projectId ?? principal.organizationId
    const binding = { principalId: principal.id, resource, role, createdAt: principal.createdAt }
    await this.#session.run(bindings.insert, binding)
  }

  async addCredential({ principal, ...row }: Credential): Promise<void> {
    await this.#session.run(credentials.insert, { ...row, principalId: principal.id })
  }

  async addSigningKey(key: SigningKey): Promise<void> {
    await this.#session.run(signingKeys.insert, key)
  }
}

function read(row: WithRole | undefined): Principal | undefined {
  if (!row) return undefined
  const { kind, projectId, role, ...same } = row
  return {
    ...same,
    kind: kind as Principal['kind'],
    role: role as Role,
    ...(projectId !== null && { projectId }),
  }
}
