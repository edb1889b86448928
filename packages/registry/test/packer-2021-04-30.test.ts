import { check, type Operation, packer2021, packer2022 } from '@ingot/registry-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishOld } from './old-publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'
import { withUnknownFields } from './unknown-fields.ts'

let registry: RegistryUnderTest
const ids: Record<string, string> = {}

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  const { organizationId, projectId } = registry.access
  Object.assign(ids, { organization_id: organizationId, project_id: projectId })
  for (const fingerprint of ['fp-1', 'fp-2']) {
    const run = { bucket: 'web', fingerprint, sources: { 'null.x': 'DONE' } } as const
    const { bucket, iteration } = await publishOld(registry, run)
    ids[fingerprint] = iteration.json.iteration.id
    ids['bucket'] ??= bucket.json.bucket.id
  }
})
afterAll(() => registry[Symbol.asyncDispose]())

type AnyOperation = Operation<string, unknown, unknown, unknown>
interface Step {
  readonly operation: AnyOperation
  readonly at?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly query?: string
}

const images = { bucket_slug: 'web', bucket_name: 'web', channel_name: 'latest', slug: 'stable' }

/** One call of every operation that is served, in an order in which each finds what it needs. */
const steps: readonly Step[] = [
  { operation: packer2021.getRegistry },
  { operation: packer2021.updateRegistry, body: { activate: true } },
  { operation: packer2021.getRegistryTFCRunTaskAPI, at: { task_type: 'validation' } },
  { operation: packer2021.regenerateTFCRunTaskHmacKey, body: {} },
  { operation: packer2021.createBucket, body: { bucket_slug: 'other', labels: null, location: {} } },
  { operation: packer2021.getBucket, query: '?bucket_id=x' },
  { operation: packer2021.listBuckets, query: '?sorting.order_by=slug%20desc&pagination.page_size=1' },
  { operation: packer2021.updateBucket, body: { description: 'd', platforms: null } },
  { operation: packer2021.createIteration, body: { fingerprint: 'fp-3', template_type: 'JSON' } },
  { operation: packer2021.getIteration, query: '?incremental_version=2' },
  { operation: packer2021.listIterations, query: '?sorting.order_by=incremental_version%20desc' },
  { operation: packer2021.createBuild, body: { build: { component_type: 'null.x', images: null } } },
  { operation: packer2021.listBuilds },
  { operation: packer2021.getBuild },
  { operation: packer2021.updateBuild, body: { updates: { status: 'RUNNING', images: null } } },
  { operation: packer2021.createChannel, body: { slug: 'stable', incremental_version: 1 } },
  { operation: packer2021.getChannel },
  { operation: packer2021.listChannels },
  { operation: packer2021.updateChannel, body: { mask: 'fingerprint', fingerprint: 'fp-2' } },
  { operation: packer2021.listChannelHistory, query: '?pagination.page_size=1' },
  { operation: packer2021.listBucketAncestry, query: '?type=children&incremental_version=1' },
  { operation: packer2022.getImageByBuildLabels, body: { labels: {}, cloud_provider: 'aws' } },
  {
    operation: packer2021.updateIteration,
    body: { bucket_slug: 'web', revoke_at: '0001-01-01T00:00:00.000Z', revoke_in: '0s' },
  },
  { operation: packer2021.deleteBuild },
  { operation: packer2021.deleteChannel },
  { operation: packer2021.deleteIteration, query: '?bucket_slug=web&rollback_channels=false' },
  { operation: packer2021.deleteBucket, at: { bucket_slug: 'other' } },
]

function pathOf({ operation, at = {}, query = '' }: Step): string {
  const values: Record<string, string> = { ...images, ...ids, ...at }
  return operation.path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'x') + query
}

test('every operation that is served answers what its schema says, whatever else its body holds', async () => {
  for (const step of steps) {
    const { operation } = step
    const body = withUnknownFields(operation.body, step.body)
    const { status, json } = await registry.send(operation.method, pathOf(step), { body })
    const fault = check(operation.reply, json)
    expect({ id: operation.id, status, fault }).toEqual({ id: operation.id, status: 200 })
    if (operation === packer2021.createIteration) ids['iteration_id'] = json.iteration.id
    if (operation === packer2021.createBuild) ids['build_id'] = json.build.id
  }
})

test('a registry that is deleted can be made anew', async () => {
  await using other = await RegistryUnderTest.start()
  const { organizationId: organization_id, projectId: project_id } = other.access
  const send = ({ method, path }: AnyOperation, body: unknown) =>
    other.send(method, path.replace(':organization_id', organization_id).replace(':project_id', project_id), {
      body,
    })
  const { deleteRegistry, createRegistry, getRegistry } = packer2021
  const gone = await send(deleteRegistry, undefined)
  expect([gone.status, check(deleteRegistry.reply, gone.json)]).toEqual([200, undefined])
  expect((await send(getRegistry, undefined)).status).toBe(404)
  const made = await send(createRegistry, { feature_tier: 'PLUS' })
  expect([made.status, check(createRegistry.reply, made.json)]).toEqual([200, undefined])
})

const all: readonly AnyOperation[] = [...Object.values(packer2021), ...Object.values(packer2022)]

test('every operation of both planes is served', () => {
  const apart: readonly AnyOperation[] = [packer2021.deleteRegistry, packer2021.createRegistry]
  const served = new Set([...steps.map(({ operation }) => operation), ...apart])
  expect(all.filter((operation) => !served.has(operation)).map(({ id }) => id)).toEqual([])
  expect(all).toHaveLength(29)
})

describe('by identifier as by name', () => {
  test('a bucket', async () => {
    const named = (await registry.send('GET', 'Q/images/web')).text
    expect((await registry.send('GET', `Q/images/${ids['bucket']}`)).text).toBe(named)
    expect((await registry.send('GET', `Q/images/x?bucket_id=${ids['bucket']}`)).text).toBe(named)
    expect((await registry.send('GET', `Q/images/web?bucket_id=x`)).text).toBe(named)
    const gone = ids['bucket']?.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z'))
    expect((await registry.send('GET', `Q/images/${gone}`)).json).toMatchObject({ code: 5 })
    expect((await registry.send('GET', 'Q/images/x?bucket_id=x')).json).toMatchObject({ code: 5 })
  })

  test('a bucket whose name looks like an identifier goes before', async () => {
    const name = ids['bucket']!
    await registry.send('PUT', 'Q/images', { body: { bucket_slug: name } })
    expect((await registry.send('GET', `Q/images/${name}`)).json.bucket.slug).toBe(name)
    await registry.send('DELETE', `Q/images/${name}`)
    expect((await registry.send('GET', `Q/images/${name}`)).json.bucket.slug).toBe('web')
  })

  test('a channel', async () => {
    const { text, json } = await registry.send('GET', 'Q/images/web/channels/latest')
    const { id } = json.channel
    expect((await registry.send('GET', `Q/images/${ids['bucket']}/channels/${id}`)).text).toBe(text)
    expect((await registry.send('GET', `Q/images/web/channels/${ids['bucket']}`)).json.code).toBe(5)
  })

  test('an iteration, by its number and its fingerprint too; they must name one', async () => {
    const get = (query: string) => registry.send('GET', `Q/images/web/iteration?${query}`)
    const { text } = await get('fingerprint=fp-1')
    expect((await get(`iteration_id=${ids['fp-1']}`)).text).toBe(text)
    expect((await get(`incremental_version=1&iteration_id=${ids['fp-1']}`)).text).toBe(text)
    expect((await get('incremental_version=0&iteration_id=&fingerprint=fp-1')).text).toBe(text)
    expect((await get('incremental_version=2&fingerprint=fp-1')).json.code).toBe(3)
    expect((await get('incremental_version=x')).status).toBe(400)
  })
})

test('a bucket shows its newest iteration, complete or not, and the highest number', async () => {
  await registry.send('POST', 'Q/images/web/iterations', { body: { fingerprint: 'newest' } })
  const { bucket } = (await registry.send('GET', 'Q/images/web')).json
  expect(bucket).toMatchObject({
    ...{ latest_version: 2, iteration_count: '3', platforms: ['aws'] },
    latest_iteration: { fingerprint: 'newest', complete: false, incremental_version: 0, builds: [] },
  })
  const { buckets } = (await registry.send('GET', 'Q/images')).json
  expect(buckets.find((each: { slug: string }) => each.slug === 'web')).toEqual(bucket)
})

test('pages of a list lead to its end and back', async () => {
  const page = async (token: string) =>
    (await registry.send('GET', `Q/images/web/iterations?pagination.page_size=1${token}`)).json
  const fingerprints: string[] = []
  let { iterations, pagination } = await page('')
  fingerprints.push(iterations[0].fingerprint)
  while (pagination.next_page_token) {
    ;({ iterations, pagination } = await page(`&pagination.next_page_token=${pagination.next_page_token}`))
    fingerprints.push(iterations[0].fingerprint)
  }
  expect(fingerprints).toEqual(['newest', 'fp-2', 'fp-1'])
  ;({ iterations } = await page(`&pagination.previous_page_token=${pagination.previous_page_token}`))
  expect(iterations[0].fingerprint).toBe('fp-2')
})

describe('a channel', () => {
  const channel = 'Q/images/web/channels/moving'
  const update = async (body: object) => (await registry.send('PATCH', channel, { body })).json
  const shows = (restricted: boolean, fingerprint: string | undefined) => (json: object) => {
    const { restricted: is, iteration } = (
      json as { channel: { restricted: boolean; iteration?: { fingerprint: string } } }
    ).channel
    expect([is, iteration?.fingerprint]).toEqual([restricted, fingerprint])
  }

  test('is written as its mask says', async () => {
    const body = {
      slug: 'moving',
      iteration_id: ids['fp-1'],
      fingerprint: 'unread',
      restriction: 'RESTRICTED',
    }
    shows(true, 'fp-1')((await registry.send('POST', 'Q/images/web/channels', { body })).json)
    shows(false, 'fp-1')(await update({ mask: 'restriction', restriction: 'UNRESTRICTED', fingerprint: 'x' }))
    shows(false, 'fp-2')(await update({ mask: 'incrementalVersion', incremental_version: 2 }))
    shows(
      true,
      'fp-1',
    )(await update({ mask: 'restriction,iterationId', restriction: 'RESTRICTED', iteration_id: ids['fp-1'] }))
    shows(true, undefined)(await update({ mask: 'incrementalVersion,iterationId,fingerprint' }))
    shows(
      true,
      'fp-2',
    )(await update({ mask: 'fingerprint,iterationId', fingerprint: 'fp-2', iteration_id: ids['fp-2'] }))
  })

  test('is refused identifiers that differ, and masks that name nothing', async () => {
    const differing = { fingerprint: 'fp-1', incremental_version: 2 }
    expect(await update({ ...differing, mask: 'fingerprint,incrementalVersion' })).toMatchObject({ code: 3 })
    expect((await update({ mask: 'slug' })).message).toContain('restriction, iterationId')
    expect(await update({ mask: 'fingerprint', fingerprint: 'newest' })).toMatchObject({ code: 9 })
  })

  test('without a mask is written whole', async () => {
    shows(
      false,
      'fp-1',
    )(await update({ restriction: 'UNRESTRICTED', fingerprint: 'fp-1', incremental_version: 2 }))
    shows(false, undefined)(await update({}))
  })

  test('that is managed is assigned by nobody', async () => {
    const body = { mask: 'fingerprint', fingerprint: 'fp-1' }
    expect((await registry.send('PATCH', 'Q/images/web/channels/latest', { body })).json.code).toBe(9)
  })
})

describe('a revocation at once', () => {
  test('is refused while users point at the iteration, unless their channels may be moved', async () => {
    await registry.send('POST', 'Q/images/web/channels', { body: { slug: 'held', incremental_version: 1 } })
    await registry.send('PATCH', 'Q/images/web/channels/held', { body: { incremental_version: 2 } })
    const revoke = (body: object) => registry.send('PATCH', `Q/iterations/${ids['fp-2']}`, { body })
    const refused = (await revoke({ revoke_in: '0s' })).json
    expect(refused).toMatchObject({ code: 9, message: expect.stringContaining('held') })
    expect((await revoke({ revoke_in: '1d' })).status).toBe(200)
    await revoke({ restore: true })
    const { iteration, operation } = (await revoke({ revoke_in: '0s', rollback_channels: true })).json
    expect([iteration.revocation_type, operation.state]).toEqual(['MANUAL', 'DONE'])
    const { channels } = (await registry.send('GET', 'Q/images/web/channels')).json
    const held = channels.find((each: { slug: string }) => each.slug === 'held')
    expect(held.iteration.fingerprint).toBe('fp-1')
  })

  test('moves the managed channel without asking', async () => {
    await publishOld(registry, { bucket: 'alone', fingerprint: 'fp', sources: { 'null.x': 'DONE' } })
    const { iteration } = (await registry.send('GET', 'Q/images/alone/channels/latest')).json.channel
    const body = { revoke_in: '0s', revocation_message: 'broken' }
    expect((await registry.send('PATCH', `Q/iterations/${iteration.id}`, { body })).status).toBe(200)
    const { channel } = (await registry.send('GET', 'Q/images/alone/channels/latest')).json
    expect([channel.iteration, channel.pointer]).toEqual([null, null])
  })
})

test('an iteration that is told with the wrong bucket is not deleted', async () => {
  const { json } = await registry.send('DELETE', `Q/iterations/${ids['fp-1']}?bucket_slug=alone`)
  expect(json.code).toBe(5)
})

test('the search by labels answers the build on the channel that carries them all', async () => {
  const { organizationId, projectId } = registry.access
  const channel = `/packer/2022-12-02/organizations/${organizationId}/projects/${projectId}/images/web/channels`
  const search = (name: string, body: object) =>
    registry.send('POST', `${channel}/${name}/_search/by_labels`, { body })
  const { artifact } = (await search('held', { labels: {}, region: 'us-east-1' })).json
  expect(artifact).toMatchObject({
    bucket: { id: ids['bucket'], name: 'web' },
    version: { fingerprint: 'fp-1', name: 'v1', revoke_at: null },
    build: { platform: 'aws', artifacts: [{ external_identifier: 'ami-null.x', region: 'us-east-1' }] },
  })
  for (const body of [{ labels: { a: 'b' } }, { cloud_provider: 'gce' }, { region: 'nowhere' }])
    expect((await search('held', body)).json.code).toBe(5)
  expect((await search('moving', {})).json.code).toBe(5)
  expect((await search('none', {})).json.message).toContain('channel with identifier none')
})
