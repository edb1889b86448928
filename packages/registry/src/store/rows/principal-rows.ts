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
    return this.#read(await this.#session.first(principalById, { id }))
  }

  /** The oldest principal of an organization. */
  async first(organization: string): Promise<Principal | undefined> {
    return this.#read(await this.#session.first(firstPrincipal, { organization }))
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

  async addSigningKey(key: SigningKey): Promise<void> {
    await this.#session.run(signingKeys.insert, key)
  }

  async #read(row: PrincipalRow | undefined): Promise<Principal | undefined> {
    if (!row) return undefined
    const { kind, projectId, ...same } = row
    const grants = await new BindingRows(this.#session).grantsOf(row.id)
    return {
      ...{ ...same, kind: kind as Principal['kind'], grants },
      ...(projectId !== null && { projectId }),
    }
  }
}
