import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doneOld, type OldRun, packerHeader, publishOld } from './old-publish.ts'
import { publish, runUuid } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'
import type { Reply } from './wire-client.ts'

let registry: RegistryUnderTest
/** Everything that the answers below are taken from. */
let fresh: OldRun
let failed: OldRun
const answers = new Map<string, Reply>()

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  fresh = await publishOld(registry, { bucket: 'new', fingerprint: 'fp', sources: { 'null.x': 'DONE' } })
  failed = await publishOld(registry, {
    ...{ bucket: 'halves', fingerprint: 'fp', packer: '1.7.10' },
    sources: { 'null.a': 'FAILED', 'null.b': 'DONE', 'null.c': 'FAILED' },
  })
  const old = (path: string) => registry.send('GET', `Q/images/${path}`)
  answers.set('PUT images', fresh.bucket)
  answers.set('POST iterations', fresh.iteration)
  answers.set('POST iterations/{id}', fresh.builds.get('null.x')!)
  answers.set('PATCH builds/{id}', fresh.updates[0]!)
  answers.set('GET builds of a new iteration', fresh.listed)
  answers.set('GET iteration, 1.7.10 left it', await old('halves/iteration?fingerprint=fp'))
  const left = failed.iteration.json.iteration.id
  answers.set('GET builds, two failed and one done', await old(`halves/iterations/${left}/builds`))
  answers.set('GET channels/{slug}', await old('new/channels/latest'))
  const parent = fresh.iteration.json.iteration.id
  answers.set('GET iteration by id', await old(`new/iteration?iteration_id=${parent}`))
})
afterAll(() => registry[Symbol.asyncDispose]())

/** The values at a path; `*` stands for every item of a list. */
function at(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (name === '*') return (value as unknown[]).flatMap((item) => at(item, rest))
  return at((value as Record<string, unknown>)[name], rest)
}

const identifier = expect.stringMatching(/^[0-9A-Z]{26}$/)
const text = expect.stringMatching(/./)

describe('an answer holds that without which an old packer crashes or publishes nothing', () => {
  test.each([
    ['PUT images', 'bucket.iteration_count', '0'],
    ['PUT images', 'bucket.latest_version', 0],
    ['PUT images', 'bucket.labels', {}],
    ['PUT images', 'bucket.platforms', []],
    ['POST iterations', 'iteration.id', identifier],
    ['POST iterations', 'iteration.incremental_version', 0],
    ['POST iterations', 'iteration.complete', false],
    ['POST iterations', 'iteration.template_type', 'HCL2'],
    ['POST iterations', 'iteration.revoke_at', null],
    ['POST iterations/{id}', 'build.id', identifier],
    ['POST iterations/{id}', 'build.status', 'UNSET'],
    ['POST iterations/{id}', 'build.labels', {}],
    ['PATCH builds/{id}', 'build.id', identifier],
    ['PATCH builds/{id}', 'build.status', 'DONE'],
    ['GET builds of a new iteration', 'builds', []],
    ['GET iteration, 1.7.10 left it', 'iteration.id', identifier],
    ['GET iteration, 1.7.10 left it', 'iteration.complete', false],
    ['GET iteration, 1.7.10 left it', 'iteration.revoke_at', null],
    ['GET iteration, 1.7.10 left it', 'iteration.template_type', 'TEMPLATE_TYPE_UNSET'],
    ['GET builds, two failed and one done', 'builds.*.id', identifier],
    [
      'GET builds, two failed and one done',
      'builds.*.component_type',
      expect.stringMatching(/^null\.[abc]$/),
    ],
    ['GET builds, two failed and one done', 'builds.*.labels', {}],
    ['GET builds, two failed and one done', 'builds.*.status', expect.stringMatching(/^(FAILED|DONE)$/)],
    ['GET builds, two failed and one done', 'builds.*.images.*.image_id', 'ami-null.b'],
    ['GET builds, two failed and one done', 'builds.1.cloud_provider', 'aws'],
    ['GET channels/{slug}', 'channel.id', identifier],
    ['GET channels/{slug}', 'channel.iteration.id', identifier],
    ['GET channels/{slug}', 'channel.iteration.incremental_version', 1],
    ['GET channels/{slug}', 'channel.iteration.revoke_at', null],
    ['GET channels/{slug}', 'channel.pointer.iteration.id', identifier],
    ['GET iteration by id', 'iteration.complete', true],
    ['GET iteration by id', 'iteration.builds.*.cloud_provider', 'aws'],
    ['GET iteration by id', 'iteration.builds.*.images.*.region', 'us-east-1'],
    ['GET iteration by id', 'iteration.builds.*.iteration_id', identifier],
    ['GET iteration by id', 'iteration.builds.*.created_at', text],
  ])('%s: %s', (call, path, wanted) => {
    const { status, headers, json } = answers.get(call)!
    expect([status, headers['content-type']]).toEqual([200, 'application/json'])
    const found = at(json, path.split('.'))
    expect(found.length).toBeGreaterThan(0)
    for (const value of found) expect(value).toEqual(wanted)
  })

  test('no date is ever an empty text, and no template type', () => {
    for (const { text: body } of answers.values()) expect(body).not.toMatch(/"(\w+_at|template_type)":""/)
  })
})

const refusal = (status: number, code: number) => ({
  status,
  json: { code, details: [], message: expect.not.stringMatching(/code"?:\d/i) },
})

describe('a refusal has the code after which an old packer goes on, or a text that it shows', () => {
  test.each([
    ['CreateBucket of a bucket that is there', 'PUT', 'images', { bucket_slug: 'new' }, 409, 6],
    ['UpdateBucket of none', 'PATCH', 'images/none', { platforms: null }, 404, 5],
    [
      'GetIteration of an unknown fingerprint',
      'GET',
      'images/new/iteration?fingerprint=x',
      undefined,
      409,
      10,
    ],
    [
      'GetIteration of code-like text',
      'GET',
      'images/new/iteration?fingerprint=Code:100',
      undefined,
      409,
      10,
    ],
    ['GetIteration in no bucket', 'GET', 'images/none/iteration?fingerprint=Code:10', undefined, 404, 5],
    ['GetIteration of an unknown id', 'GET', 'images/new/iteration?iteration_id=Code:10', undefined, 404, 5],
    [
      'GetIteration of an unknown number',
      'GET',
      'images/new/iteration?incremental_version=9',
      undefined,
      404,
      5,
    ],
    ['GetIteration of nothing', 'GET', 'images/new/iteration', undefined, 400, 3],
    ['CreateIteration of one that is there', 'POST', 'images/new/iterations', { fingerprint: 'fp' }, 409, 6],
    ['ListBuilds of no iteration', 'GET', 'images/new/iterations/x/builds', undefined, 404, 5],
    ['UpdateBuild of none', 'PATCH', 'builds/x', { updates: { status: 'RUNNING' } }, 404, 5],
    ['GetChannel of none', 'GET', 'images/new/channels/nope', undefined, 404, 5],
    ['a method that is not there', 'POST', 'images/new', {}, 405, 12],
    ['a path that is not there', 'GET', 'images/new/iterations/1/ancestors', undefined, 501, 12],
  ])('%s', async (_, method, path, body, status, code) => {
    const reply = await registry.send(method, `Q/${path}`, { body })
    expect(reply).toMatchObject(refusal(status, code))
    expect(reply.headers['content-type']).toBe('application/json')
  })

  test('CreateBuild of a source that is there, and of a complete iteration', async () => {
    const create = (run: OldRun, component_type: string) =>
      registry.send(
        'POST',
        `Q/images/${run.bucket.json.bucket.slug}/iterations/${run.iteration.json.iteration.id}`,
        {
          body: { build: { component_type, packer_run_uuid: runUuid, status: 'UNSET' } },
        },
      )
    expect(await create(failed, 'null.a')).toMatchObject(refusal(409, 6))
    expect(await create(fresh, 'null.y')).toMatchObject(refusal(400, 9))
  })

  test('an iteration of another bucket is none', async () => {
    const { id } = failed.iteration.json.iteration
    for (const path of [`iteration?iteration_id=${id}`, `iterations/${id}/builds`])
      expect(await registry.send('GET', `Q/images/new/${path}`)).toMatchObject(refusal(404, 5))
  })
})

describe('no update that an old packer sends is refused', () => {
  const update = (id: string, updates: object, packer = '1.9.4') =>
    registry.send('PATCH', `Q/builds/${id}`, { body: { updates }, headers: packerHeader(packer) })
  const running = { images: null, packer_run_uuid: runUuid, status: 'RUNNING' }

  test('RUNNING after FAILED, after CANCELLED, after RUNNING and, late, after DONE', async () => {
    const run = await publishOld(registry, {
      ...{ bucket: 'again', fingerprint: 'fp', packer: '1.8.7' },
      sources: { 'null.a': 'FAILED', 'null.b': 'UNSET' },
    })
    const { id } = run.builds.get('null.a')!.json.build
    for (const status of ['RUNNING', 'CANCELLED', 'RUNNING', 'RUNNING', 'FAILED', 'RUNNING'])
      expect(await update(id, { ...running, status })).toMatchObject({
        status: 200,
        json: { build: { status } },
      })
    for (const words of [doneOld('null.a'), running, doneOld('null.a')])
      expect(await update(id, words)).toMatchObject({ status: 200, json: { build: { status: 'DONE' } } })
  })

  test('labels of 1.7.10, which come with every status, are merged', async () => {
    const run = await publishOld(registry, {
      ...{ bucket: 'leaky', fingerprint: 'fp', packer: '1.7.10', sources: { 'null.a': 'UNSET' } },
    })
    const { id } = run.builds.get('null.a')!.json.build
    await update(id, { ...running, labels: { a: '1' } }, '1.7.10')
    const { json } = await update(id, { ...doneOld('null.a'), labels: { a: '2', b: '3' } }, '1.7.10')
    expect(json.build.labels).toEqual({ a: '2', b: '3' })
  })

  test('a body without any words changes nothing', async () => {
    const { id } = failed.builds.get('null.a')!.json.build
    for (const body of [{}, { updates: null }, { updates: {} }, { status: 'DONE' }]) {
      const reply = await registry.send('PATCH', `Q/builds/${id}`, { body })
      expect(reply).toMatchObject({ status: 200, json: { build: { status: 'FAILED' } } })
    }
  })
})

test('the description that a template no longer has goes away, when packer sends nothing of it', async () => {
  await registry.send('PUT', 'Q/images', {
    body: { bucket_slug: 'worded', description: 'old', labels: { a: 'b' } },
  })
  const patch = { body: { bucket_slug: 'worded', platforms: null }, headers: packerHeader('1.7.10') }
  const { json } = await registry.send('PATCH', 'Q/images/worded', patch)
  expect(json.bucket).toMatchObject({ description: '', labels: {} })
})

test('the last build completes the iteration in the same step, and latest points at it in both interfaces', async () => {
  const { json } = await registry.send('GET', 'P/buckets/new/channels/latest')
  expect(json.channel.version).toMatchObject({ name: 'v1', id: fresh.iteration.json.iteration.id })
})

test('parents that 1.8 and 1.9 tell, and an image that 1.7 does not, relate the child to them', async () => {
  const { json } = answers.get('GET channels/{slug}')!
  const told = {
    source_image_id: 'ami-null.x',
    source_iteration_id: json.channel.iteration.id,
    source_channel_id: json.channel.id,
  }
  const sources = { 'null.child': 'DONE' } as const
  await publishOld(registry, { bucket: 'child-9', fingerprint: 'fp', sources, parent: told })
  const parent = { source_image_id: 'ami-null.x' }
  await publishOld(registry, { bucket: 'child-7', fingerprint: 'fp', sources, packer: '1.7.10', parent })
  for (const [bucket, channel, status] of [
    ['child-9', 'latest', 'UP_TO_DATE'],
    ['child-7', '', 'UNDETERMINED'],
  ]) {
    const { relations } = (await registry.send('GET', `Q/images/${bucket}/ancestry?type=PARENTS`)).json
    expect(relations).toMatchObject([
      { status, parent: { bucket_slug: 'new', channel, iteration_incremental_version: 1 } },
    ])
  }
})

test('an unassigned channel and a revoked iteration read as such', async () => {
  await publishOld(registry, { bucket: 'revoked', fingerprint: 'fp', sources: { 'null.x': 'DONE' } })
  const channels = 'Q/images/revoked/channels'
  const empty = (await registry.send('POST', channels, { body: { slug: 'empty' } })).json.channel
  expect([empty.iteration, empty.pointer]).toEqual([null, null])
  const version = 'P/buckets/revoked/versions/fp'
  await registry.send('PATCH', version, { body: { revoke_in: '0s', disable_rollback_channels: true } })
  const { iteration } = (await registry.send('GET', `${channels}/latest`)).json.channel
  expect(Date.parse(iteration.revoke_at)).toBeLessThanOrEqual(Date.now())
  await registry.send('PATCH', version, { body: { restore: true } })
  expect((await registry.send('GET', `${channels}/latest`)).json.channel.iteration.revoke_at).toBeNull()
})

test('a version of a newer packer can be gone on with, and is known to be complete', async () => {
  await publish(registry, { bucket: 'newer', fingerprint: 'fp', sources: ['null.x'] })
  const { iteration } = (await registry.send('GET', 'Q/images/newer/iteration?fingerprint=fp')).json
  expect(iteration).toMatchObject({ complete: true, incremental_version: 1, template_type: 'HCL2' })
})

test('the organization has one entry, and its projects are never an empty list', async () => {
  const organizations = await registry.send('GET', '/resource-manager/2019-12-10/organizations')
  expect(organizations.json.organizations).toHaveLength(1)
  const { organizationId } = registry.access
  const projects = '/resource-manager/2019-12-10/projects?scope.type=ORGANIZATION&scope.id='
  expect((await registry.send('GET', projects + organizationId)).json.projects).toHaveLength(1)
  expect(await registry.send('GET', `${projects}other`)).toMatchObject(refusal(403, 7))
})

test('the registry is there for a client that knows the project only', async () => {
  const { json } = await registry.send('GET', 'Q/registry')
  expect(json.registry).toMatchObject({ config: { activated: true, feature_tier: 'PLUS' } })
})
