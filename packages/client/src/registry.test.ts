import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalAccess, localAccess, type RunningRegistry, startRegistry } from '@ingot/registry'
import { packer } from '@ingot/registry-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from './client.ts'
import { ClientError, GRPC } from './client-error.ts'
import { fromEnvironment } from './environment.ts'

let folder: string
let registry: RunningRegistry
let access: LocalAccess
let client: Client

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ingot-client-'))
  registry = await startRegistry({ dataDir: folder, listen: '127.0.0.1:0' })
  access = localAccess(folder)
  client = new Client(fromEnvironment(environment()))
})
afterAll(async () => {
  await client.close()
  await registry.close()
  rmSync(folder, { recursive: true })
})

/** What `ingot env` prints, without the ids, so that they are looked up. */
function environment() {
  return {
    HCP_CLIENT_ID: access.clientId,
    HCP_CLIENT_SECRET: access.clientSecret,
    HCP_API_ADDRESS: access.apiAddress,
    HCP_AUTH_URL: access.url,
    SSL_CERT_FILE: access.caBundleFile,
  }
}

async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of list) all.push(each)
  return all
}

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ClientError)
  return error as ClientError
}

test("organization and project are the registry's own", async () => {
  const { organizationId, projectId } = access
  expect(await client.tenancy()).toEqual({ organizationId, projectId })
})

test('a version goes from its first build to a channel', async () => {
  await client.buckets.create({ name: 'web', labels: { team: 'web' } })
  expect(await client.buckets.update('web', { description: 'Web', labels: {} })).toMatchObject({
    description: 'Web',
  })
  const at = { bucket: 'web', fingerprint: 'F-1.a' }
  expect(await client.versions.create('web', { fingerprint: at.fingerprint })).toMatchObject({ name: 'v0' })
  const build = await client.builds.create(at, { component_type: 'null.a', status: 'BUILD_RUNNING' })
  const place = { ...at, buildId: build.id }
  const artifacts = [{ external_identifier: 'ami-1', region: 'us' }]
  await client.builds.update(place, { status: 'BUILD_DONE', platform: 'aws', artifacts })
  expect(await client.builds.get(place)).toMatchObject({ status: 'BUILD_DONE', artifacts })
  expect(await allOf(client.builds.list(at))).toHaveLength(1)

  const channel = { bucket: 'web', channel: 'production' }
  await client.channels.create('web', { name: 'production' })
  expect((await client.channels.assign(channel, at.fingerprint)).version).toMatchObject({ name: 'v1' })
  expect(await client.channels.restrict(channel, true)).toMatchObject({ restricted: true })
  expect((await client.channels.list('web')).map(({ name }) => name).sort()).toEqual(['latest', 'production'])
  expect((await client.channels.assign(channel, undefined)).version).toBeNull()
  await client.channels.delete('web', 'production')
  await client.versions.delete('web', at.fingerprint)
  expect((await failure(client.versions.get('web', at.fingerprint))).refusedWith(GRPC.aborted)).toBe(true)
  expect(await client.buckets.enforcedBlocks('web')).toEqual([])
  await client.buckets.delete('web')
  expect((await failure(client.buckets.get('web'))).refusedWith(GRPC.notFound)).toBe(true)
})

async function published(bucket: string, fingerprint: string, regions: readonly string[]): Promise<void> {
  const at = { bucket, fingerprint }
  await client.versions.create(bucket, { fingerprint })
  const { id: buildId } = await client.builds.create(at, {
    component_type: 'null.a',
    status: 'BUILD_RUNNING',
  })
  const artifacts = regions.map((region) => ({ external_identifier: `${fingerprint}-${region}`, region }))
  await client.builds.update({ ...at, buildId }, { status: 'BUILD_DONE', platform: 'aws', artifacts })
}

test('images are found and resolved, and their readers told', async () => {
  await client.buckets.create({ name: 'images' })
  await published('images', 'one', ['us', 'eu'])
  const found = await allOf(client.artifacts.find('one-eu', { platform: 'aws' }))
  expect(found.map(({ bucket, version }) => [bucket.name, version.name])).toEqual([['images', 'v1']])
  const { artifact } = await client.artifacts.resolve('images', { version: 'v1', region: 'eu' })
  expect(artifact.external_identifier).toBe('one-eu')
  const several = await failure(client.artifacts.resolve('images'))
  expect(several.refusal).toMatchObject({
    ...{ grpc: GRPC.failedPrecondition, http: 409 },
    details: [{ external_identifier: 'one-us' }, { external_identifier: 'one-eu' }],
  })
  await client.channels.get('images', 'latest')
  const { consumers } = await client.consumers.list('images', 'v1')
  expect(consumers.map(({ channel_name, reads, client }) => [channel_name, reads, client])).toEqual(
    expect.arrayContaining([
      ['latest', '1', expect.stringMatching(/^ingot\//)],
      ['', '1', expect.stringMatching(/^ingot\//)],
    ]),
  )
})

test('a version is revoked as it was planned, and restored', async () => {
  await client.buckets.create({ name: 'revoked' })
  await published('revoked', 'one', ['us'])
  await published('revoked', 'two', ['us'])
  await client.channels.create('revoked', { name: 'beta', version_fingerprint: 'one' })
  await client.channels.create('revoked', { name: 'prod' })
  expect((await client.channels.promote('revoked', { from: 'latest', to: 'prod' })).version?.name).toBe('v2')
  const at = { bucket: 'revoked', fingerprint: 'two' }
  const plan = await client.versions.planRevocation(at)
  expect(plan).toMatchObject({ descendant_count: 0, channel_count: 2 })
  await client.channels.promote('revoked', { from: 'beta', to: 'prod' })
  const stale = await failure(client.versions.revoke(at, { reason: 'old', planId: plan.id }))
  expect(stale.refusedWith(GRPC.aborted)).toBe(true)
  await client.versions.revoke(at, { reason: 'old' })
  expect(await client.versions.get('revoked', 'two')).toMatchObject({ revocation_message: 'old' })
  expect((await client.versions.restore(at)).status).toBe('VERSION_ACTIVE')
  const rows = await allOf(client.channels.history({ bucket: 'revoked', channel: 'prod' }))
  expect(rows.map(({ version }) => version?.name)).toEqual(['v1', 'v2'])
  expect((await client.ancestry.graph('revoked', { fingerprint: 'one', depth: 1 })).nodes).toHaveLength(1)
  expect((await client.buckets.stale({ behind: 1 })).behind).toMatchObject([
    { channel_name: 'beta', behind: 1 },
    { channel_name: 'prod', behind: 1 },
  ])
})

test('a version that is begun explains what it lacks', async () => {
  await client.buckets.create({ name: 'begun' })
  await published('begun', 'one', ['us'])
  await client.versions.create('begun', { fingerprint: 'two' })
  const at = { bucket: 'begun', fingerprint: 'two' }
  expect(await client.versions.explain(at)).toMatchObject({
    builds: [{ component_type: 'null.a', state: 'MISSING' }],
    next: { step: 'RESUME', components: ['null.a'] },
  })
  const build = await client.builds.create(at, { component_type: 'null.a' })
  await client.builds.delete({ ...at, buildId: build.id })
  expect(await allOf(client.builds.list(at))).toEqual([])
})

test('enforced blocks are made, linked to buckets and removed', async () => {
  await client.buckets.create({ name: 'enforced' })
  const content = { version: 'v1', template_type: 'HCL2', block_content: 'provisioner "x" {}' } as const
  const block = await client.enforcedBlocks.create({ name: 'cis', ...content })
  const version = await client.enforcedBlocks.createVersion(block.id, { ...content, version: 'v2' })
  const at = { blockId: block.id, versionId: version.id }
  await client.enforcedBlocks.link(at, ['enforced'])
  expect((await client.enforcedBlocks.linkedBuckets(at)).map(({ name }) => name)).toEqual(['enforced'])
  expect(await client.buckets.enforcedBlocks('enforced')).toHaveLength(1)
  await client.enforcedBlocks.link(at, [])
  await client.enforcedBlocks.deleteVersion(at)
  expect((await client.enforcedBlocks.versions(block.id)).map((each) => each.version)).toEqual(['v1'])
  expect((await client.enforcedBlocks.get(block.id)).latest_version?.version).toBe('v1')
  await client.enforcedBlocks.delete(block.id)
  expect(await client.enforcedBlocks.list()).toEqual([])
})

test('lists are read to their end, however many pages they have', async () => {
  const names = Array.from({ length: 7 }, (_, place) => `many-${place}`)
  for (const name of names) await client.buckets.create({ name })
  const read: string[] = []
  let token = ''
  do {
    const query = { 'pagination.page_size': '3', ...(token ? { 'pagination.next_page_token': token } : {}) }
    const page = await client.call(packer.listBuckets, { query })
    read.push(...page.buckets.map(({ name }) => name).filter((name) => names.includes(name)))
    token = page.pagination.next_page_token
  } while (token)
  expect(read.sort()).toEqual(names)
  const listed = await allOf(client.buckets.list())
  expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
})

test('a wrong secret is refused in the words of the registry', async () => {
  await using other = new Client(fromEnvironment({ ...environment(), HCP_CLIENT_SECRET: 'wrong' }))
  const error = await failure(other.buckets.get('web'))
  expect(error.kind).toBe('unauthorized')
  expect(error.message).toMatch(/HCP_CLIENT_SECRET/)
})
