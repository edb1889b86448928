import type {
  OnUntracked,
  Operation,
  Organization,
  Project,
  ProjectRegistry,
  Tier,
} from '../../domain/tenant.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

type RegistryRow = Omit<ProjectRegistry, 'activated' | 'tier' | 'onUntracked'> & {
  activated: number
  tier: string
  onUntracked: string
}

const organizations = table<Organization>('organizations', {
  id: 'id',
  name: 'name',
  createdAt: 'created_at',
})
const projects = table<Project>('projects', {
  id: 'id',
  organizationId: 'organization_id',
  name: 'name',
  description: 'description',
  createdAt: 'created_at',
})
const registries = table<RegistryRow>('registries', {
  id: 'id',
  projectId: 'project_id',
  activated: 'activated',
  tier: 'tier',
  hmacGeneration: 'hmac_generation',
  onUntracked: 'on_untracked',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
})
const operations = table<Operation>('operations', {
  id: 'id',
  projectId: 'project_id',
  createdAt: 'created_at',
})

const anyOrganization = statement<Organization>()(
  `select ${organizations.columns('o')} from organizations o order by o.created_at, o.id limit 1`,
)
const organizationById = statement<Organization>()(
  `select ${organizations.columns('o')} from organizations o where o.id = :id`,
)
const projectById = statement<Project>()(`select ${projects.columns('p')} from projects p where p.id = :id`)
const projectsOf = statement<Project>()(
  `select ${projects.columns('p')} from projects p where p.organization_id = :organization order by p.created_at, p.id`,
)
const registryOf = statement<RegistryRow>()(`select ${registries.columns('r')}
  from projects p join registries r on r.project_id = p.id
  where p.id = :project and p.organization_id = :organization`)
const updateRegistry = statement<never>()(`update registries set activated = :activated, tier = :tier,
  hmac_generation = :hmacGeneration, on_untracked = :onUntracked, updated_at = :updatedAt where id = :id`)
const removeBlockLinks = statement<never>()(`delete from enforced_block_links
  where block_id in (select id from enforced_blocks where project_id = :project)`)
const removeBlocks = statement<never>()('delete from enforced_blocks where project_id = :project')
const removeBuckets = statement<never>()('delete from buckets where project_id = :project')
const removeRegistry = statement<never>()('delete from registries where project_id = :project')
const updateProject = statement<never>()(
  'update projects set name = :name, description = :description where id = :id',
)
const removeOfProject = ['advisories', 'advisory_streams', 'operations', 'principals'].map((name) =>
  statement<never>()(`delete from ${name} where project_id = :project` as const),
)
const removeProject = statement<never>()('delete from projects where id = :project')
const operationById = statement<Operation>()(
  `select ${operations.columns('o')} from operations o where o.project_id = :project and o.id = :id`,
)

/** Organizations, projects, their registries, and what clients may wait for. */
export class TenantRows {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** The oldest organization. */
  firstOrganization(): Promise<Organization | undefined> {
    return this.#session.first(anyOrganization, {})
  }

  organization(id: string): Promise<Organization | undefined> {
    return this.#session.first(organizationById, { id })
  }

  project(id: string): Promise<Project | undefined> {
    return this.#session.first(projectById, { id })
  }

  /** Oldest first. */
  projects(organization: string): Promise<Project[]> {
    return this.#session.all(projectsOf, { organization })
  }

  async registry(organization: string, project: string): Promise<ProjectRegistry | undefined> {
    const row = await this.#session.first(registryOf, { organization, project })
    return (
      row && {
        ...row,
        activated: row.activated === 1,
        tier: row.tier as Tier,
        onUntracked: row.onUntracked as OnUntracked,
      }
    )
  }

  operation(project: string, id: string): Promise<Operation | undefined> {
    return this.#session.first(operationById, { project, id })
  }

  async addOrganization(organization: Organization): Promise<void> {
    await this.#session.run(organizations.insert, organization)
  }

  async addProject(project: Project): Promise<void> {
    await this.#session.run(projects.insert, project)
  }

  async addRegistry(registry: ProjectRegistry): Promise<void> {
    await this.#session.run(registries.insert, { ...registry, activated: registry.activated ? 1 : 0 })
  }

  async updateRegistry({
    id,
    activated,
    tier,
    hmacGeneration,
    onUntracked,
    updatedAt,
  }: ProjectRegistry): Promise<void> {
    const values = { id, tier, hmacGeneration, onUntracked, updatedAt, activated: activated ? 1 : 0 }
    await this.#session.run(updateRegistry, values)
  }

  /** Removes the registry of a project with everything in it. */
  async removeRegistry(project: string): Promise<void> {
    for (const step of [removeBlockLinks, removeBlocks, removeBuckets, removeRegistry])
      await this.#session.run(step, { project })
  }

  async updateProject({ id, name, description }: Project): Promise<void> {
    await this.#session.run(updateProject, { id, name, description })
  }

  /** Removes a project with its registry, its principals and all else that is its own. */
  async removeProject(project: string): Promise<void> {
    await this.removeRegistry(project)
    for (const step of [...removeOfProject, removeProject]) await this.#session.run(step, { project })
  }

  async addOperation(operation: Operation): Promise<void> {
    await this.#session.run(operations.insert, operation)
  }
}
