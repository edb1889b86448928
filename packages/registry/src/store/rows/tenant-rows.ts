import type { Operation, Organization, Project, ProjectRegistry, Tier } from '../../domain/tenant.ts'
import { type Session, statement } from '../statement.ts'
import { table } from '../table.ts'

type RegistryRow = Omit<ProjectRegistry, 'activated' | 'tier'> & { activated: number; tier: string }

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
    return row && { ...row, activated: row.activated === 1, tier: row.tier as Tier }
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

  async addOperation(operation: Operation): Promise<void> {
    await this.#session.run(operations.insert, operation)
  }
}
