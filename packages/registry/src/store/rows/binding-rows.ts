import { type Grants, greater, type Role } from '../../domain/caller.ts'
import type { Binding } from '../../domain/policy.ts'
import type { Instant } from '../../domain/time.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

interface BindingRow {
  readonly principalId: string
  readonly resource: string
  readonly role: string
  readonly position: number
  readonly createdAt: number
}

const bindings = table<BindingRow>('role_bindings', {
  principalId: 'principal_id',
  resource: 'resource',
  role: 'role',
  position: 'position',
  createdAt: 'created_at',
})

const ofPrincipal = statement<{ resource: string; role: string }>()(
  'select b.resource as "resource", b.role as "role" from role_bindings b where b.principal_id = :principal',
)
const ofResource = statement<{ principalId: string; kind: string; role: string }>()(`select
  b.principal_id as "principalId", p.kind as "kind", b.role as "role"
  from role_bindings b join principals p on p.id = b.principal_id
  where b.resource = :resource order by b.position, b.principal_id`)
const remove = statement<never>()('delete from role_bindings where resource = :resource')
const removeWithin = statement<never>()('delete from role_bindings where resource like :pattern')

/** Which roles were given on which resources. */
export class BindingRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The greatest role of a principal on each resource. */
  async grantsOf(principal: string): Promise<Grants> {
    const grants = new Map<string, Role>()
    for (const { resource, role } of await this.#session.all(ofPrincipal, { principal }))
      grants.set(resource, greater(role as Role, grants.get(resource)) ?? 'viewer')
    return grants
  }

  /** In the order in which they were given. */
  async of(resource: string): Promise<Binding[]> {
    const rows = await this.#session.all(ofResource, { resource })
    return rows.map(({ kind, role, ...row }) => ({
      ...{ ...row, role: role as Role, kind: kind as Binding['kind'] },
    }))
  }

  /** Replaces all bindings of a resource. */
  async replace(
    resource: string,
    given: readonly Pick<Binding, 'principalId' | 'role'>[],
    createdAt: Instant,
  ): Promise<void> {
    await this.remove(resource)
    for (const [position, { principalId, role }] of given.entries())
      await this.#session.run(bindings.insert, { principalId, resource, role, position, createdAt })
  }

  async remove(resource: string): Promise<void> {
    await this.#session.run(remove, { resource })
  }

  /** Removes the bindings of all resources whose name begins so; it holds neither `%` nor `_`. */
  async removeWithin(prefix: string): Promise<void> {
    await this.#session.run(removeWithin, { pattern: `${prefix}%` })
  }
}
