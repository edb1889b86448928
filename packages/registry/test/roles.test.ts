import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { everyOperation, type Needs, needsOf, type Operation } from '@ingot/registry-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RegistryUnderTest } from './registry-under-test.ts'
import type { Reply } from './wire-client.ts'

type AnyOperation = Operation<string, unknown, unknown, unknown>
type Place = Readonly<Record<string, string>>

const roles = ['viewer', 'contributor', 'admin'] as const
type Role = (typeof roles)[number]
const ranks: Readonly<Record<Needs, number>> = { nothing: 0, token: 0, viewer: 1, contributor: 2, admin: 3 }

interface Actor {
  readonly id: string
  readonly token: string
}

let registry: RegistryUnderTest
const manager = '/resource-manager/2019-12-10'
const stranger = { organization: '22222222-2222-4222-8222-222222222222', token: '' }

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await registry.down()
  addStranger()
  await registry.up()
  await registry.signIn()
  stranger.token = await tokenFor({ client_id: 'stranger', client_secret: 'secret' })
})
afterAll(() => registry[Symbol.asyncDispose]())

/** A second organization with a project and an administrator, as an import makes it. */
function addStranger(): void {
  const database = new DatabaseSync(join(registry.dataDir, 'registry.sqlite'))
  const { organization } = stranger
  const hash = createHash('sha256').update('secret').digest('hex')
  database.exec(`
    insert into organizations values ('${organization}', 'rival', 9999999999999);
    insert into projects values ('33333333-3333-4333-8333-333333333333', '${organization}', 'default', '', 1);
    insert into principals values ('stranger', 'service', 'stranger', '${organization}', null, 1);
    insert into credentials values ('stranger', 'stranger', '${hash}', 1);
    insert into role_bindings (principal_id, resource, role, created_at)
      values ('stranger', '${organization}', 'admin', 1)`)
  database.close()
}

async function done(...request: Parameters<RegistryUnderTest['send']>) {
  const { status, json } = await registry.send(...request)
  expect([status, json]).toEqual([200, expect.anything()])
  return json
}

async function tokenFor({ client_id, client_secret }: { client_id: string; client_secret: string }) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return (await registry.send('POST', '/oauth2/token', { body, headers, token: '' })).json.access_token
}

/** A principal of a project, which may do nothing yet. */
async function actor(projectId: string, name: string): Promise<Actor> {
  const home = `/2019-12-10/iam/project/${projectId}`
  const { service_principal } = await done('POST', `${home}/service-principals`, { body: { name } })
  const { key, client_secret } = await done('POST', `${home}/service-principal/${name}/keys`)
  return { id: service_principal.id, token: await tokenFor({ client_id: key.client_id, client_secret }) }
}

const policyOf = (role: string, id: string) => ({
  bindings: [{ role_id: `roles/${role}`, members: [{ member_id: id, member_type: 'SERVICE_PRINCIPAL' }] }],
})

/** A project of its own in which everything is that operations name. */
async function world(name: string): Promise<Place> {
  const { project } = await done('POST', `${manager}/projects`, { body: { name } })
  const { organizationId: organization_id } = registry.access
  const at = `/packer/2023-01-01/organizations/${organization_id}/projects/${project.id}`
  for (const bucket of ['web', 'other']) await done('PUT', `${at}/buckets`, { body: { name: bucket } })
  const { version } = await done('POST', `${at}/buckets/web/versions`, { body: { fingerprint: 'fp' } })
  const component = { component_type: 'null.x', status: 'BUILD_RUNNING' }
  const { build } = await done('POST', `${at}/buckets/web/versions/fp/builds`, { body: component })
  await done('POST', `${at}/buckets/web/channels`, { body: { name: 'stable' } })
  await actor(project.id, 'robot')
  return {
    ...{ organization_id, project_id: project.id, parent_type: 'project', parent_id: project.id },
    ...{ bucket_name: 'web', bucket_slug: 'web', channel_name: 'stable', slug: 'stable', name: 'robot' },
    ...{ fingerprint: 'fp', iteration_id: version.id, build_id: build.id, task_type: 'validation' },
  }
}

/** What ends something comes after what needs it, the inner before the outer. */
const inOrder = everyOperation
  .filter((operation) => needsOf(operation) !== 'nothing')
  .toSorted((a, b) => endOf(a) - endOf(b))

function endOf({ method, id, path }: AnyOperation): number {
  if (method !== 'DELETE') return 0
  if (id === 'ProjectService_Delete') return 4
  if (id.endsWith('Registry')) return 3
  return id.endsWith('Bucket') ? 2 : path.includes('2021') ? 1.5 : 1
}

async function ask(operation: AnyOperation, at: Place, { id, token }: Actor): Promise<Reply> {
  const isOrganization = operation.path.includes('/organizations/:id')
  const parameters = { ...at, id: (isOrganization ? at['organization_id'] : at['project_id'])! }
  const path = operation.path.replace(
    /:(\w+)/g,
    (_, name: keyof typeof parameters) => parameters[name] ?? 'none',
  )
  const resource_name = `packer/project/${at['project_id']}/bucket/${at['bucket_name']}`
  const queries: Record<string, string> = {
    ResourceService_GetIamPolicy: `?resource_name=${resource_name}`,
    Ingot_SearchPackages: '?name=bash&range=%3C6',
    Ingot_ResolveArtifact: '?channel=stable',
    Ingot_ComparePackages: '?from=fp&to=fp',
  }
  const query = queries[operation.id] ?? ''
  const body = { resource_name, parent: { id: at['organization_id'] }, ...bodyOf(operation, id) }
  return registry.send(operation.method, path + query, { token, ...(operation.body && { body }) })
}

/** As much of a body as an operation wants before it looks at who asks. */
function bodyOf({ id, plane }: AnyOperation, principal: string): object {
  if (id.endsWith('SetIamPolicy')) return { policy: policyOf('admin', principal) }
  if (id === 'ProjectService_Create') return { name: 'new' }
  if (id.endsWith('UpdateEnforcedBlock')) return { update_mask: 'labels' }
  if (id.endsWith('UpdateEnforcedBlockVersion')) return { update_mask: 'additionalDescription' }
  if (/(Upload|Attach)Sbom/.test(id)) return { compressed_sbom: 'AAAA', format: 'SPDX' }
  if (plane !== 'packer-2021-04-30') return {}
  return { build: { component_type: 'null.x' }, fingerprint: 'fp', updates: {} }
}

type Verdict = 'open' | 'denied' | 'hidden' | 'unknown'

function verdictOf({ status, json }: Reply): Verdict {
  if (status === 401) return 'unknown'
  if (status === 403) return json.code === 7 ? 'denied' : 'unknown'
  const hides = /(project|organization|bucket|version|build) with identifier .* does not exist/
  return status === 404 && json.code === 5 && hides.test(json.message) ? 'hidden' : 'open'
}

/** Operations that name an organization and nothing in it: a role on a project counts for nothing there. */
function isAboutOrganization({ id, path }: AnyOperation): boolean {
  return path.includes('/organizations/:id/') || id === 'ProjectService_Create'
}

/** Who belongs to one project may not list projects: packer then tells its user to name one. */
function isForProject(operation: AnyOperation): boolean {
  return !isAboutOrganization(operation) && operation.id !== 'ProjectService_List'
}

function named({ plane, id }: AnyOperation, verdict: Verdict): string {
  return `${plane} ${id}: ${verdict}`
}

describe.each(roles)('%s of a project', (role: Role) => {
  test('does what the table says in its own project, and nothing else', async () => {
    const at = await world(`own-${role}`)
    const caller = await actor(at['project_id']!, 'caller')
    const path = `${manager}/projects/${at['project_id']}/iam-policy`
    await done('PUT', path, { body: { policy: policyOf(role, caller.id) } })
    const got: string[] = []
    const expected: string[] = []
    for (const operation of inOrder) {
      const may = isForProject(operation) && ranks[role] >= ranks[needsOf(operation)]
      expected.push(named(operation, may ? 'open' : 'denied'))
      const verdict = verdictOf(await ask(operation, at, caller))
      // What was deleted before by the same caller is gone, not hidden.
      got.push(named(operation, verdict === 'hidden' && may && endOf(operation) > 0 ? 'open' : verdict))
    }
    expect(got).toEqual(expected)
  })

  test('finds nothing of another project, nor of another organization', async () => {
    const [at, own] = [await world(`target-${role}`), await world(`home-${role}`)]
    const caller = await actor(own['project_id']!, 'caller')
    const path = `${manager}/projects/${own['project_id']}/iam-policy`
    await done('PUT', path, { body: { policy: policyOf(role, caller.id) } })
    const foreign = { ...at, organization_id: stranger.organization }
    const open: string[] = []
    for (const operation of inOrder.filter(namesSomething)) {
      if (!isAboutOrganization(operation) && needsOf(operation) !== 'token')
        open.push(...opened(operation, await ask(operation, at, caller)))
      open.push(...opened(operation, await ask(operation, foreign, caller)))
    }
    expect(open).toEqual([])
  })
})

function namesSomething(operation: AnyOperation): boolean {
  return /:(organization_id|project_id|parent_id|id)\b|resources\/iam-policy/.test(operation.path)
}

function opened(operation: AnyOperation, reply: Reply): string[] {
  const verdict = verdictOf(reply)
  return verdict === 'hidden' ? [] : [named(operation, verdict)]
}

test('without a role nothing of the project is there', async () => {
  const at = await world('empty-handed')
  const caller = await actor(at['project_id']!, 'caller')
  const open: string[] = []
  for (const operation of inOrder.filter(namesSomething))
    if (!isAboutOrganization(operation) && needsOf(operation) !== 'token')
      open.push(...opened(operation, await ask(operation, at, caller)))
  expect(open).toEqual([])
})

test('the administrator of another organization finds nothing, under either name', async () => {
  const at = await world('untouched')
  const caller = { id: 'stranger', token: stranger.token }
  const open: string[] = []
  for (const operation of inOrder.filter(namesSomething)) {
    if (operation.path.includes('organization'))
      open.push(...opened(operation, await ask(operation, at, caller)))
    if (operation.path.includes('/organizations/:id') || needsOf(operation) === 'token') continue
    const renamed = { ...at, organization_id: stranger.organization }
    const reply = await ask(operation, renamed, caller)
    // Under its own name it may read first what is wrong with the call itself.
    if (reply.status !== 400) open.push(...opened(operation, reply))
  }
  expect(open).toEqual([])
  const { organizations } = await done('GET', `${manager}/organizations`, { token: stranger.token })
  expect(organizations).toMatchObject([{ id: stranger.organization }])
})

/** What a principal of one bucket may ask of the project: whether it is there, and what in it is its own. */
const openInside = /_(GetRegistry|ListBuckets|SearchPackages)$|^ProjectService_Get$|^OperationService_/

describe.each(roles)('%s of one bucket', (role: Role) => {
  test('does there what the table says, and finds no other bucket', async () => {
    const at = await world(`bucket-${role}`)
    const caller = await actor(at['project_id']!, 'caller')
    const resource_name = `packer/project/${at['project_id']}/bucket/web`
    const body = { resource_name, policy: policyOf(role, caller.id) }
    await done('PUT', '/2019-12-10/resource-manager/resources/iam-policy', { body })
    const other = { ...at, bucket_name: 'other', bucket_slug: 'other' }
    const got: string[] = []
    const expected: string[] = []
    // With the bucket the role on it goes.
    const isLast = ({ id }: AnyOperation) => Number(id.endsWith('DeleteBucket'))
    for (const operation of inOrder.toSorted((a, b) => isLast(a) - isLast(b))) {
      const ofBucket = /bucket_(name|slug)|resources\/iam-policy|:(build|iteration)_id/.test(operation.path)
      const ranked = ranks[role] >= ranks[needsOf(operation)]
      if (ofBucket && !/projects\/:project_id\/(builds|iterations)\//.test(operation.path)) {
        got.push(named(operation, verdictOf(await ask(operation, other, caller))))
        expected.push(named(operation, 'hidden'))
      }
      const isOwn = needsOf(operation) === 'token' && isForProject(operation)
      const may = isOwn || (ofBucket ? ranked : openInside.test(operation.id))
      const verdict = verdictOf(await ask(operation, at, caller))
      got.push(named(operation, verdict === 'hidden' && may && endOf(operation) > 0 ? 'open' : verdict))
      expected.push(named(operation, may ? 'open' : 'denied'))
    }
    expect(got).toEqual(expected)
  })
})
