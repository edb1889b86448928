import { check, iam, resourceManager } from '@ingot/registry-api'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
let count = 0
let name = ''
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await registry.send('PUT', 'P/buckets', { body: { name: 'web' } })
  await registry.send('PUT', 'P/buckets', { body: { name: 'other' } })
})
afterAll(() => registry[Symbol.asyncDispose]())
beforeEach(() => {
  count += 1
  name = `robot-${count}`
})

const manager = '/resource-manager/2019-12-10'
const policyOfResource = '/2019-12-10/resource-manager/resources/iam-policy'
const project = () => `project/${registry.access.projectId}`
const organization = () => `organization/${registry.access.organizationId}`
const escaped = (resource: string) => encodeURIComponent(resource)
const bucketName = (bucket: string) => `packer/${project()}/bucket/${bucket}`

async function done(...request: Parameters<RegistryUnderTest['send']>) {
  const { status, json } = await registry.send(...request)
  expect([status, json]).toEqual([200, expect.anything()])
  return json
}

async function makePrincipal(home = project()) {
  const made = await done('POST', `/2019-12-10/iam/${escaped(home)}/service-principals`, { body: { name } })
  expect(check(iam.createServicePrincipal.reply, made)).toBeUndefined()
  return made.service_principal
}

async function makeKey(principal: { resource_name: string }) {
  const made = await done('POST', `/2019-12-10/${escaped(principal.resource_name)}/keys`)
  expect(check(iam.createServicePrincipalKey.reply, made)).toBeUndefined()
  return made
}

async function tokenFor({
  key,
  client_secret: secret,
}: {
  key: { client_id: string }
  client_secret: string
}) {
  const body = new URLSearchParams({
    ...{ grant_type: 'client_credentials', client_id: key.client_id, client_secret: secret },
  }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { json } = await registry.send('POST', '/oauth2/token', { body, headers, token: '' })
  return json.access_token as string
}

/** A principal with a role on a resource, and its token. */
async function signedIn(role: string, resource: string) {
  const principal = await makePrincipal()
  await bind(resource, role, principal.id)
  return { principal, token: await tokenFor(await makeKey(principal)) }
}

async function bind(resource: string, role: string, member_id: string) {
  const path = resource.startsWith('packer/') ? policyOfResource : `${manager}/${plural(resource)}/iam-policy`
  const read = await done('GET', path === policyOfResource ? `${path}?resource_name=${resource}` : path)
  const member = { member_id, member_type: 'SERVICE_PRINCIPAL' }
  const bindings = [...read.policy.bindings, { role_id: `roles/${role}`, members: [member] }]
  return done('PUT', path, {
    body: { resource_name: resource, policy: { bindings, etag: read.policy.etag } },
  })
}

const plural = (resource: string) => resource.replace('/', 's/')

test.each([
  ['%2F', (resource: string) => escaped(resource)],
  ['slashes', (resource: string) => resource],
])('a principal is made, read and deleted under a resource name with %s', async (_, written) => {
  const { resource_name: resource } = await makePrincipal()
  expect(resource).toBe(`iam/${project()}/service-principal/${name}`)
  const read = await done('GET', `/2019-12-10/${written(resource)}`)
  expect(check(iam.getServicePrincipal.reply, read)).toBeUndefined()
  expect(read).toMatchObject({
    service_principal: { name, project_id: registry.access.projectId },
    keys: [],
  })
  await done('DELETE', `/2019-12-10/${written(resource)}`)
  expect(await registry.send('GET', `/2019-12-10/${written(resource)}`)).toMatchObject({
    status: 404,
    json: { code: 5 },
  })
})

test('one of the organization has no project, and a name is given once in each home', async () => {
  const own = await makePrincipal(organization())
  expect(own).toMatchObject({ organization_id: registry.access.organizationId })
  expect(own).not.toHaveProperty('project_id')
  await makePrincipal(project())
  const path = `/2019-12-10/iam/${escaped(project())}/service-principals`
  expect(await registry.send('POST', path, { body: { name } })).toMatchObject({
    status: 409,
    json: { code: 6 },
  })
  for (const bad of ['ab', 'x'.repeat(37), 'a b c', ''])
    expect(await registry.send('POST', path, { body: { name: bad } })).toMatchObject({ status: 400 })
  const { service_principals: listed } = await done(
    'GET',
    `/2019-12-10/iam/${organization()}/service-principals`,
  )
  expect(listed.map((each: { name: string }) => each.name)).toContain(name)
})

test('two keys live beside each other; a third must wait for one to go', async () => {
  const principal = await makePrincipal()
  const [first, second] = [await makeKey(principal), await makeKey(principal)]
  expect(first.client_secret).toMatch(/^ingot_secret_/)
  const keys = `/2019-12-10/${escaped(principal.resource_name)}/keys`
  expect(await registry.send('POST', keys)).toMatchObject({ status: 400, json: { code: 9 } })
  const [old, current] = [await tokenFor(first), await tokenFor(second)]
  const ask = (token: string) => registry.send('GET', `${manager}/organizations`, { token })
  expect([(await ask(old)).status, (await ask(current)).status]).toEqual([200, 200])
  await done('DELETE', `/2019-12-10/${escaped(first.key.resource_name)}`)
  expect([(await ask(old)).status, (await ask(current)).status]).toEqual([401, 200])
  const read = await done('GET', `/2019-12-10/${escaped(principal.resource_name)}`)
  expect(read.keys).toEqual([second.key])
  expect(await registry.send('DELETE', `/2019-12-10/${escaped(first.key.resource_name)}`)).toMatchObject({
    status: 404,
  })
  await done('DELETE', `/2019-12-10/${escaped(principal.resource_name)}`)
  expect((await ask(current)).status).toBe(401)
})

test('without a role a principal finds its organization and nothing in it', async () => {
  const token = await tokenFor(await makeKey(await makePrincipal(organization())))
  const { organizations } = await done('GET', `${manager}/organizations`, { token })
  expect(organizations).toHaveLength(1)
  expect(await registry.send('GET', `${manager}/projects`, { token })).toMatchObject({ status: 403 })
  for (const path of [
    'P/buckets',
    'P/buckets/web',
    'P/registry',
    `${manager}/projects/${registry.access.projectId}`,
  ])
    expect(await registry.send('GET', path, { token })).toMatchObject({ status: 404, json: { code: 5 } })
})

test('a contributor of one bucket pushes there and nowhere else', async () => {
  const { token } = await signedIn('contributor', bucketName('web'))
  const as = (method: string, path: string, body?: unknown) => registry.send(method, path, { token, body })
  expect((await as('GET', 'P/registry')).status).toBe(200)
  const listed = await as('GET', 'P/buckets')
  expect(listed.json.buckets.map((each: { name: string }) => each.name)).toEqual(['web'])
  expect(await as('PUT', 'P/buckets', { name: 'web' })).toMatchObject({ status: 409, json: { code: 6 } })
  for (const bucket of ['other', 'brand-new'])
    expect(await as('PUT', 'P/buckets', { name: bucket })).toMatchObject({ status: 403, json: { code: 7 } })
  expect((await as('PATCH', 'P/buckets/web', { description: 'mine' })).status).toBe(200)
  const version = { fingerprint: name, template_type: 'HCL2' }
  expect((await as('POST', 'P/buckets/web/versions', version)).status).toBe(200)
  expect((await as('GET', 'P/buckets/web/channels/latest')).status).toBe(200)
  for (const [method, path] of [
    ['GET', 'P/buckets/other'],
    ['GET', 'P/buckets/nowhere'],
    ['PATCH', 'P/buckets/other'],
    ['DELETE', 'P/buckets/other'],
    ['GET', 'P/buckets/other/channels/latest'],
  ] as const)
    expect(await as(method, path, {})).toMatchObject({ status: 404, json: { code: 5 } })
  expect(await as('GET', 'Q/images/other')).toMatchObject({ status: 404 })
  const policy = { resource_name: bucketName('web'), policy: { bindings: [] } }
  expect((await as('PUT', policyOfResource, policy)).status).toBe(403)
})

test('a viewer does not see a restricted channel; another role adds up with its own', async () => {
  const { token, principal } = await signedIn('viewer', project())
  const latest = () => registry.send('GET', 'P/buckets/other/channels/latest', { token })
  expect(await latest()).toMatchObject({ status: 403, json: { code: 7 } })
  expect((await registry.send('GET', 'P/buckets/other/channels', { token })).json).toEqual({ channels: [] })
  await bind(bucketName('other'), 'contributor', principal.id)
  expect((await latest()).status).toBe(200)
  expect((await registry.send('GET', 'P/buckets/web/channels/latest', { token })).status).toBe(403)
})

test('roles go with the bucket that they were given on', async () => {
  await done('PUT', 'P/buckets', { body: { name } })
  const { token } = await signedIn('admin', bucketName(name))
  const read = () => registry.send('GET', `P/buckets/${name}`, { token })
  expect((await read()).status).toBe(200)
  await done('DELETE', `P/buckets/${name}`)
  await done('PUT', 'P/buckets', { body: { name } })
  expect((await read()).status).toBe(404)
})

test('a policy comes back as it was sent, and a stale etag is refused', async () => {
  const [one, two] = [await makePrincipal(), await makePrincipal(organization())]
  const member = ({ id }: { id: string }) => ({ member_id: id, member_type: 'SERVICE_PRINCIPAL' })
  const bindings = [
    { role_id: 'roles/viewer', members: [member(two), member(one)] },
    { role_id: 'roles/admin', members: [member(one)] },
  ]
  const resource_name = bucketName('other')
  const set = (policy: object) => registry.send('PUT', policyOfResource, { body: { resource_name, policy } })
  const before = (await done('GET', `${policyOfResource}?resource_name=${escaped(resource_name)}`)).policy
  const put = (await set({ bindings, etag: before.etag })).json
  expect(check(resourceManager.setResourceIamPolicy.reply, put)).toBeUndefined()
  expect(put.policy.bindings).toEqual(bindings)
  expect((await set({ bindings, etag: put.policy.etag })).json).toEqual(put)
  expect(await set({ bindings: null, etag: before.etag })).toMatchObject({ status: 409, json: { code: 10 } })
  expect((await set({ bindings: null, etag: put.policy.etag })).json.policy.bindings).toEqual([])
})

test.each([
  ['an unknown role', { role_id: 'roles/owner' }, {}],
  ['an unknown member', {}, { member_id: '01J00000000000000000000000' }],
])('%s is refused', async (_, role, member) => {
  const { id } = await makePrincipal()
  const members = [{ member_id: id, member_type: 'SERVICE_PRINCIPAL', ...member }]
  const policy = { bindings: [{ role_id: 'roles/viewer', members, ...role }] }
  const path = `${manager}/${plural(project())}/iam-policy`
  expect(await registry.send('PUT', path, { body: { policy } })).toMatchObject({
    status: 400,
    json: { code: 3 },
  })
})

test('an organization keeps an administrator, and its first principal', async () => {
  const path = `${manager}/${plural(organization())}/iam-policy`
  expect(await registry.send('PUT', path, { body: { policy: { bindings: null } } })).toMatchObject({
    status: 400,
    json: { code: 9 },
  })
  const local = `/2019-12-10/iam/${organization()}/service-principal/local`
  expect(await registry.send('DELETE', local)).toMatchObject({ status: 400, json: { code: 9 } })
})

test('a policy of what is not there is not there', async () => {
  const nowhere = '11111111-1111-4111-8111-111111111111'
  for (const path of [
    `${manager}/projects/${nowhere}/iam-policy`,
    `${manager}/organizations/${nowhere}/iam-policy`,
    `${policyOfResource}?resource_name=${bucketName('nowhere')}`,
    `${policyOfResource}?resource_name=vault/x`,
    `/2019-12-10/iam/project/${nowhere}/service-principals`,
    `/2019-12-10/iam/team/${nowhere}/service-principals`,
  ])
    expect(await registry.send('GET', path)).toMatchObject({ status: 404, json: { code: 5 } })
})

test('principals are looked up by id, those of others are left out', async () => {
  const { id, ...facts } = await makePrincipal()
  const path = `/iam/2019-12-10/organizations/${registry.access.organizationId}/principals`
  const query = `?principal_ids=${id}&principal_ids=nobody&view=PRINCIPAL_VIEW_BASIC`
  const { principals } = await done('GET', path + query)
  expect(principals).toEqual([{ id, type: 'PRINCIPAL_TYPE_SERVICE', service: { id, ...facts } }])
  const who = await done('GET', '/iam/2019-12-10/caller-identity')
  expect(who.principal.service.name).toBe('local')
})

test('a project is made with its registry, renamed, described and deleted', async () => {
  const parent = { type: 'ORGANIZATION', id: registry.access.organizationId }
  const made = await done('POST', `${manager}/projects`, { body: { name: `Team ${name}`, parent } })
  const path = `${manager}/projects/${made.project.id}`
  expect(check(resourceManager.createProject.reply, made)).toBeUndefined()
  await done('PUT', `${path}/name`, { body: { name } })
  await done('PUT', `${path}/description`, { body: { description: 'ours' } })
  expect((await done('GET', path)).project).toMatchObject({ name, description: 'ours', parent })
  const at = `/packer/2023-01-01/organizations/${parent.id}/projects/${made.project.id}`
  await done('PUT', `${at}/buckets`, { body: { name: 'web' } })
  const robot = await makePrincipal(`project/${made.project.id}`)
  const { policy } = await done('GET', `${path}/iam-policy`)
  expect(policy.bindings).toMatchObject([{ role_id: 'roles/admin', members: [{}] }])
  expect(await registry.send('POST', `${manager}/projects`, { body: { name, parent } })).toMatchObject({
    status: 409,
  })
  const gone = await done('DELETE', path)
  expect(gone.operation).toMatchObject({ id: '', state: 'DONE' })
  for (const each of [path, `${at}/buckets`, `/2019-12-10/${robot.resource_name}`])
    expect((await registry.send('GET', each)).status).toBe(404)
  const last = `${manager}/projects/${registry.access.projectId}`
  expect(await registry.send('DELETE', last)).toMatchObject({ status: 400, json: { code: 9 } })
})

test('who manages one project manages no other, nor the organization', async () => {
  const { token } = await signedIn('admin', project())
  const as = (method: string, path: string, body: unknown = {}) =>
    registry.send(method, path, { token, body })
  expect(
    (await as('POST', `/2019-12-10/iam/${project()}/service-principals`, { name: `by-${name}` })).status,
  ).toBe(200)
  expect((await as('POST', `${manager}/projects`, { name })).status).toBe(403)
  expect((await as('PUT', `${manager}/${plural(organization())}/iam-policy`, { policy: {} })).status).toBe(
    403,
  )
  expect((await as('POST', `/2019-12-10/iam/${organization()}/service-principals`, { name })).status).toBe(
    403,
  )
})
