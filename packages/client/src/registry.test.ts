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
