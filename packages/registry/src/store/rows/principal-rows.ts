import type { Credential, Principal, SigningKey } from '../../domain/principal.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'
import { BindingRows } from './binding-rows.ts'

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
const signingKeys = table<SigningKey>('signing_keys', { id: 'id', jwk: 'jwk', createdAt: 'created_at' })

const principalById = statement<PrincipalRow>()(
  `select ${principals.columns('p')} from principals p where p.id = :id`,
)
const firstPrincipal = statement<PrincipalRow>()(`select ${principals.columns('p')} from principals p
  where p.organization_id = :organization order by p.created_at, p.id limit 1`)
const credentialById = statement<CredentialRow>()(
  `select ${credentials.columns('c')} from credentials c where c.client_id = :id`,
)
const principalNamed = statement<PrincipalRow>()(`select ${principals.columns('p')} from principals p
  where coalesce(p.project_id, p.organization_id) = :home and p.kind = 'service' and p.name = :name`)
const principalsOf = statement<PrincipalRow>()(`select ${principals.columns('p')} from principals p
  where coalesce(p.project_id, p.organization_id) = :home and p.kind = 'service' order by p.name`)
const credentialsOf = statement<CredentialRow>()(`select ${credentials.columns('c')} from credentials c
  where c.principal_id = :principal order by c.created_at, c.client_id`)
const removePrincipal = statement<never>()('delete from principals where id = :id')
const removeCredential = statement<never>()(
  'delete from credentials where principal_id = :principal and client_id = :client',
)
const allSigningKeys = statement<SigningKey>()(
  `select ${signingKeys.columns('k')} from signing_keys k order by k.created_at desc, k.id desc`,
)

/** Who may call, with what secret, and the keys that sign their tokens. */
export class PrincipalRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async find(id: string): Promise<Principal | undefined> {
    return this.#readAny(await this.#session.first(principalById, { id }))
  }

  /** The oldest principal of an organization. */
  async first(organization: string): Promise<Principal | undefined> {
    return this.#readAny(await this.#session.first(firstPrincipal, { organization }))
  }

  /** The service principal of a name that was made in an organization or a project, by the id of that. */
  async named(home: string, name: string): Promise<Principal | undefined> {
    return this.#readAny(await this.#session.first(principalNamed, { home, name }))
  }

  /** The service principals that were made there, by name. */
  async of(home: string): Promise<Principal[]> {
    const found: Principal[] = []
    for (const row of await this.#session.all(principalsOf, { home })) found.push(await this.#read(row))
    return found
  }

  /** The keys of a principal, oldest first. */
  keys(principal: string): Promise<readonly Pick<Credential, 'clientId' | 'createdAt'>[]> {
    return this.#session.all(credentialsOf, { principal })
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

  /** Without its roles, which are bindings. */
  async add({ grants: _, projectId, ...row }: Principal): Promise<void> {
    await this.#session.run(principals.insert, { ...row, projectId: projectId ?? null })
  }

  async addCredential({ principal, ...row }: Credential): Promise<void> {
    await this.#session.run(credentials.insert, { ...row, principalId: principal.id })
  }

  /** Removes a principal with its keys and its roles. */
  async remove(id: string): Promise<void> {
    await this.#session.run(removePrincipal, { id })
  }

  /** Whether the principal had that key. */
  async removeCredential(principal: string, client: string): Promise<boolean> {
    return (await this.#session.run(removeCredential, { principal, client })) > 0
  }

  async addSigningKey(key: SigningKey): Promise<void> {
    await this.#session.run(signingKeys.insert, key)
  }

  async #readAny(row: PrincipalRow | undefined): Promise<Principal | undefined> {
    return row && this.#read(row)
  }

  async #read(row: PrincipalRow): Promise<Principal> {
    const { kind, projectId, ...same } = row
    const grants = await new BindingRows(this.#session).grantsOf(row.id)
    return {
      ...{ ...same, kind: kind as Principal['kind'], grants },
      ...(projectId !== null && { projectId }),
    }
  }
}
