import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Passage } from '../../test/front.ts'
import { type Harness, isAlive, openHarness, planOf, source, until } from '../../test/harness.ts'
import { EngineError } from '../errors.ts'
import type { EngineEvent } from '../events.ts'
import { publishManifest } from '../manifest/publish-manifest.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { resolveParent } from '../parent.ts'
import type { BuildPlan } from '../plan/build-plan.ts'
import { resolve } from '../resolve.ts'
import { versions } from '../versions.ts'
import type { PlanOutcome } from './plan-outcome.ts'
import type { RunOptions } from './run-options.ts'
import { runPlan } from './run-plan.ts'

let harness: Harness
let events: EngineEvent[]

beforeEach(async () => {
  harness = await openHarness()
  events = []
})
afterEach(() => harness[Symbol.asyncDispose]())

function run(plan: BuildPlan, options: Partial<RunOptions> = {}): Promise<PlanOutcome> {
  const { client, folder } = harness
  return runPlan(plan, { client, rescueFolder: folder, onEvent: (event) => events.push(event), ...options })
}

async function refusal(promise: Promise<unknown>): Promise<EngineError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(EngineError)
  return error as EngineError
}

const happened = (type: EngineEvent['type']) => events.filter((event) => event.type === type)
const statuses = (outcome: PlanOutcome) => outcome.builds.map(({ component, status }) => [component, status])
/** While this file is missing, builders that are told so go on working. */
const gate = () => join(harness.folder, 'gate')
const openGate = () => writeFileSync(gate(), '')
const diary = () => join(harness.folder, 'diary')
const diaryLines = () => (existsSync(diary()) ? readFileSync(diary(), 'utf8').trim().split('\n') : [])
const callsTo = (part: string) => harness.front.calls.filter((call) => call.path.includes(part))

test('two sources are built side by side and make one complete version', async () => {
  const plan = planOf(
    [
      source('one', { regions: ['us', 'eu'], labels: { os: 'linux' }, until: gate(), diary: diary() }),
      source('two', { until: gate(), diary: diary() }),
    ],
    {
      bucket: { name: 'web', description: 'Web servers', labels: { team: 'web' } },
      buildLabels: { commit: 'abc' },
    },
  )
  const running = run(plan)
  await until(() => diaryLines().filter((line) => line === 'working').length === 2)
  openGate()
  const outcome = await running
  expect(outcome).toMatchObject({ status: 'published', version: { name: 'v1', complete: true } })
  const bucket = await harness.client.buckets.get('web')
  expect(bucket).toMatchObject({ description: 'Web servers', labels: { team: 'web' }, version_count: '1' })
  const version = await harness.client.versions.get('web', outcome.fingerprint)
  const one = version.builds.find((build) => build.component_type === 'fixture-image.one')
  expect(one).toMatchObject({ status: 'BUILD_DONE', platform: 'fixture', packer_run_uuid: outcome.runUuid })
  expect(one?.labels).toEqual({ commit: 'abc', os: 'linux' })
  expect(one?.artifacts.map((each) => [each.region, each.external_identifier]).sort()).toEqual([
    ['eu', 'one-eu'],
    ['us', 'one-us'],
  ])
  expect(one?.metadata).toMatchObject({ packer: { plugins: [{ name: 'fixture', version: '1.2.3' }] } })
  expect((await harness.client.channels.get('web', 'latest')).version?.fingerprint).toBe(outcome.fingerprint)
})

test('the registry hears what packer says, in the same order', async () => {
  const outcome = await run(planOf([source('one')]))
  const [build] = (await harness.client.versions.get('web', outcome.fingerprint)).builds
  const versionPath = `/buckets/web/versions/${outcome.fingerprint}`
  const running = { artifacts: null, packer_run_uuid: outcome.runUuid, status: 'BUILD_RUNNING' }
  const unset = { ...running, component_type: 'fixture-image.one', status: 'BUILD_UNSET' }
  const done = {
    artifacts: [{ external_identifier: 'one-here', region: 'here' }],
    metadata: expect.objectContaining({ cicd: null, vcs: null }),
    packer_run_uuid: outcome.runUuid,
    platform: 'fixture',
    status: 'BUILD_DONE',
  }
  expect(harness.front.calls.slice(0, 9)).toEqual([
    { method: 'GET', path: '/buckets/web', body: undefined, status: 404 },
    { method: 'PUT', path: '/buckets', body: { name: 'web' }, status: 200 },
    { method: 'GET', path: versionPath, body: undefined, status: 409 },
    {
      method: 'POST',
      path: '/buckets/web/versions',
      body: { fingerprint: outcome.fingerprint, template_type: 'HCL2' },
      status: 200,
    },
    { method: 'GET', path: `${versionPath}/builds`, body: undefined, status: 200 },
    { method: 'POST', path: `${versionPath}/builds`, body: unset, status: 200 },
    { method: 'GET', path: '/enforced_blocks/bucket/web', body: undefined, status: 200 },
    { method: 'PATCH', path: `${versionPath}/builds/${build?.id}`, body: running, status: 200 },
    { method: 'PATCH', path: `${versionPath}/builds/${build?.id}`, body: done, status: 200 },
  ])
})

test('builders get their settings, the build variables and a hook that answers at once', async () => {
  await run(planOf([source('one', { diary: diary() })]))
  const variables = JSON.parse(diaryLines()[0]!.replace('prepared ', ''))
  expect(variables).toEqual({
    packer_build_name: 'one',
    packer_builder_type: 'fixture-image',
    packer_core_version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    packer_debug: 'false',
    packer_force: 'false',
    packer_on_error: '',
  })
  expect(happened('output')).toEqual([
    { type: 'output', component: 'fixture-image.one', kind: 'say', text: 'making one' },
  ])
  expect(happened('warning')).toEqual([
    { type: 'warning', component: 'fixture-image.one', text: 'no regions are set' },
  ])
})

test('only as many builds run at a time as are allowed', async () => {
  const sources = ['a', 'b', 'c'].map((name) => source(name))
  expect(await run(planOf(sources), { parallel: 1 })).toMatchObject({ status: 'published' })
  const order = events.flatMap((event) => {
    if (event.type === 'build-started') return [`start ${event.component.at(-1)}`]
    return event.type === 'build-published' ? [`end ${event.component.at(-1)}`] : []
  })
  expect(order).toEqual(['start a', 'end a', 'start b', 'end b', 'start c', 'end c'])
})

test.each([
  ['fail', 'the disk is full'],
  ['nothing', 'without an artifact'],
  ['bare', 'no image metadata'],
  ['crash', 'exit code 7'],
])(
  'a builder that ends with %s fails alone, in words, and the other one is published',
  async (conduct, reason) => {
    const outcome = await run(planOf([source('good'), source('bad', { conduct })]))
    expect(outcome).toMatchObject({ status: 'failed', version: { name: 'v0', complete: false } })
    expect(statuses(outcome)).toEqual([
      ['fixture-image.good', 'published'],
      ['fixture-image.bad', 'failed'],
    ])
    expect(outcome.builds[1]).toMatchObject({ reason: expect.stringContaining(reason) })
    const { builds } = await harness.client.versions.get('web', outcome.fingerprint)
    const status = (name: string) => builds.find((build) => build.component_type.endsWith(name))?.status
    expect([status('good'), status('bad')]).toEqual(['BUILD_DONE', 'BUILD_FAILED'])
  },
)

test('a run with the same fingerprint makes what is missing, and nothing else', async () => {
  const first = await run(planOf([source('good', { diary: diary() }), source('bad', { conduct: 'fail' })]))
  const plan = planOf([source('good', { diary: diary() }), source('bad')], { fingerprint: first.fingerprint })
  const second = await run(plan)
  expect(second).toMatchObject({ status: 'published', version: { name: 'v1' } })
  expect(statuses(second)).toEqual([
    ['fixture-image.good', 'already-done'],
    ['fixture-image.bad', 'published'],
  ])
  expect(diaryLines().filter((line) => line === 'working')).toHaveLength(1)
  const third = await refusal(run(plan))
  expect(third).toMatchObject({
    code: 'version.complete',
    message: expect.stringContaining('v1 of bucket web'),
  })
})

test('a version that other sources belong to stays incomplete', async () => {
  const first = await run(planOf([source('a', { conduct: 'fail' }), source('b')]))
  const second = await run(planOf([source('b')], { fingerprint: first.fingerprint, channels: ['latest'] }))
  expect(second).toMatchObject({ status: 'incomplete', version: { complete: false } })
  expect(second.version?.channels).toEqual([
    { channel: 'latest', status: 'not-assigned', reason: expect.stringContaining('not complete') },
  ])
})

test('a complete version goes to its channels; one that is missing is told and no failure', async () => {
  await run(planOf([source('a')]))
  await harness.client.channels.create('web', { name: 'production' })
  const outcome = await run(planOf([source('a')], { channels: ['production', 'absent'] }))
  expect(outcome.status).toBe('published')
  expect(outcome.version?.channels).toEqual([
    { channel: 'production', status: 'assigned', reason: '' },
    {
      channel: 'absent',
      status: 'not-assigned',
      reason: expect.stringContaining('Create the channel first'),
    },
  ])
  expect((await harness.client.channels.get('web', 'production')).version?.name).toBe('v2')
})

test('a child that is made from an image of a parent is linked to it', async () => {
  await run(planOf([source('base', { regions: ['us', 'eu'] })], { bucket: { name: 'base' } }))
  const parent = await resolveParent(harness.client, { bucket: 'base', channel: 'latest' })
  expect(parent).toMatchObject({ versionName: 'v1', channel: 'latest' })
  await run(planOf([source('child', { source_image: 'base-eu' })], { parents: [parent] }))
  const done = callsTo('/builds/').find(
    (call) => (call.body as { parent_version_id?: string })?.parent_version_id,
  )
  expect(done?.body).toMatchObject({
    source_external_identifier: 'base-eu',
    parent_version_id: parent.versionId,
    parent_channel_id: parent.channelId,
  })
  expect((await harness.client.versions.get('base', parent.fingerprint)).has_descendants).toBe(true)
})

test('what is published is found again', async () => {
  const outcome = await run(planOf([source('one', { regions: ['us', 'eu'] })]))
  const { client } = harness
  expect(await resolve(client, 'web', { region: 'eu' })).toMatchObject({ imageId: 'one-eu', version: 'v1' })
  expect(await resolve(client, 'web', { version: 'v1', region: 'us' })).toMatchObject({ imageId: 'one-us' })
  expect(await resolve(client, 'web', { version: outcome.fingerprint, region: 'us' })).toMatchObject({
    version: 'v1',
  })
  expect(await refusal(resolve(client, 'web'))).toMatchObject({ code: 'artifact.ambiguous' })
  expect(await refusal(resolve(client, 'web', { version: 'v7' }))).toMatchObject({ code: 'version.absent' })
  expect(await refusal(resolve(client, 'web', { version: 'no-such' }))).toMatchObject({
    code: 'version.absent',
  })
  await client.channels.create('web', { name: 'empty' })
  expect(await refusal(resolve(client, 'web', { channel: 'empty' }))).toMatchObject({ code: 'channel.empty' })
  expect(await versions(client, 'web')).toMatchObject([
    {
      name: 'v1',
      status: 'VERSION_ACTIVE',
      channels: ['latest'],
      builds: [{ component: 'fixture-image.one', artifacts: 2 }],
    },
  ])
  await client.versions.update({ bucket: 'web', fingerprint: outcome.fingerprint }, { revoke_in: '0s' })
  expect(await refusal(resolve(client, 'web', { version: 'v1' }))).toMatchObject({ code: 'version.revoked' })
})

test('heartbeats are sent while a build runs, and none after it', async () => {
  const updates = () => callsTo('/builds/').map((call) => (call.body as { status: string }).status)
  const running = run(planOf([source('one', { until: gate() })]), { heartbeatMs: 20 })
  await until(() => updates().length >= 4)
  openGate()
  expect(await running).toMatchObject({ status: 'published' })
  expect(updates().at(-1)).toBe('BUILD_DONE')
  expect(new Set(updates().slice(0, -1))).toEqual(new Set(['BUILD_RUNNING']))
})

test('settings that cannot be used are refused before the registry hears of anything', async () => {
  const sources = [
    source('a', { regoin: 'x' }),
    source('b', { conduct: 'refuse' }),
    { ...source('c'), component: 'disk' },
  ]
  const error = await refusal(run(planOf(sources)))
  expect(error.message).toContain('did you mean "regions"?')
  expect(error.message).toContain('fixture-image.b refuses its settings: the id is taken')
  expect(error.message).toContain('has no builder "disk". Its builders: image.')
  expect(harness.front.calls).toEqual([])
})

test('a file that is no plugin is refused in words', async () => {
  const plan = planOf([source('a')], { plugins: { fixture: { file: join(harness.folder, 'absent') } } })
  expect(await refusal(run(plan))).toMatchObject({ code: 'plugin.failed' })
  const env = { PACKER_PLUGIN_PATH: join(harness.folder, 'plugins') }
  const error = await refusal(run(planOf([source('a')], { plugins: {} }), { env }))
  expect(error).toMatchObject({
    code: 'plugin.absent',
    message: expect.stringContaining('ingot plugin install'),
  })
})

test('a cancelled run waits for clean-up, and everything is marked cancelled', async () => {
  const stop = new AbortController()
  const sources = [source('a', { until: gate(), diary: diary() }), source('b', { until: gate() })]
  const running = run(planOf(sources), { signal: stop.signal, parallel: 1 })
  await until(() => diaryLines().includes('working'))
  stop.abort()
  const outcome = await running
  expect(diaryLines().slice(-2)).toEqual(['cleaning up', 'clean'])
  expect(outcome.status).toBe('cancelled')
  expect(statuses(outcome).map(([, status]) => status)).toEqual(['cancelled', 'cancelled'])
  const { builds } = await harness.client.versions.get('web', outcome.fingerprint)
  expect(builds.map((build) => build.status)).toEqual(['BUILD_CANCELLED', 'BUILD_CANCELLED'])
})

test('a run that is cancelled while plugins start records nothing', async () => {
  const stop = new AbortController()
  const running = refusal(run(planOf([source('a')]), { signal: stop.signal }))
  stop.abort()
  expect(await running).toMatchObject({ code: 'cancelled' })
  expect(harness.front.calls).toEqual([])
})

test('a hard stop ends a plugin that does not come up', async () => {
  const file = join(harness.folder, 'silent-plugin')
  const description = { version: '1.0.0', sdk_version: '0.6.10', api_version: 'x5.0', builders: ['image'] }
  const lists = { post_processors: [], provisioners: [], datasources: [] }
  const said = JSON.stringify({ ...description, ...lists })
  const started = join(harness.folder, 'started')
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1" = describe ] && echo '${said}' && exit\necho $$ >${started}\nexec sleep 300\n`,
  )
  chmodSync(file, 0o755)
  const kill = new AbortController()
  const running = refusal(
    run(planOf([source('a')], { plugins: { fixture: { file } } }), { killSignal: kill.signal }),
  )
  await until(() => existsSync(started) && readFileSync(started, 'utf8').endsWith('\n'))
  kill.abort()
  expect(await running).toMatchObject({ code: 'cancelled' })
  expect(isAlive(Number(readFileSync(started, 'utf8')))).toBe(false)
})

test('a hard stop ends plugins that do not listen, and their children, at once', async () => {
  const [stop, kill] = [new AbortController(), new AbortController()]
  const plan = planOf([source('a', { conduct: 'stubborn', diary: diary() })])
  const running = run(plan, { signal: stop.signal, killSignal: kill.signal })
  await until(() => diaryLines().some((line) => line.startsWith('pids')))
  const pids = diaryLines().at(-1)!.split(' ').slice(1).map(Number)
  stop.abort()
  await until(() => diaryLines().includes('not listening'))
  expect(pids.map(isAlive)).toEqual([true, true])
  kill.abort()
  const outcome = await running
  expect(outcome.status).toBe('cancelled')
  await until(() => !pids.some(isAlive))
  const { builds } = await harness.client.versions.get('web', outcome.fingerprint)
  expect(builds.map((build) => build.status)).toEqual(['BUILD_CANCELLED'])
})

const isDoneCall = (body: unknown) => (body as { status?: string } | undefined)?.status === 'BUILD_DONE'

test('a registry that is away for a while is waited for, and nothing is told twice', async () => {
  let cut = 0
  harness.front.rule = ({ body }): Passage => {
    if (!isDoneCall(body) || cut === 2) return 'pass'
    cut += 1
    return cut === 1 ? 'cut' : 'lose-answer'
  }
  const outcome = await run(planOf([source('one')]))
  expect(outcome).toMatchObject({ status: 'published', version: { name: 'v1' }, rescue: undefined })
  expect(happened('registry-trouble')).toHaveLength(2)
  const [rescued] = happened('rescued') as Extract<EngineEvent, { type: 'rescued' }>[]
  expect(existsSync(rescued!.file)).toBe(false)
  const { builds } = await harness.client.versions.get('web', outcome.fingerprint)
  expect(builds.map((build) => build.artifacts.length)).toEqual([1])
})

test('a registry that goes away in the middle of a build does not stop it', async () => {
  harness.front.rule = ({ body }): Passage =>
    (body as { status?: string } | undefined)?.status === 'BUILD_RUNNING' ? 'cut' : 'pass'
  const running = run(planOf([source('one', { until: gate() })]), { heartbeatMs: 20 })
  await until(() => happened('registry-trouble').length >= 3)
  openGate()
  expect(await running).toMatchObject({ status: 'published' })
})

test('what a registry that stays away could not be told is kept, and published later with the command that is given', async () => {
  await run(planOf([source('base')], { bucket: { name: 'base' } }))
  const parent = await resolveParent(harness.client, { bucket: 'base' })
  await run(planOf([source('seed')]))
  await harness.client.channels.create('web', { name: 'production' })
  harness.front.rule = ({ body }): Passage => (isDoneCall(body) ? 'cut' : 'pass')
  const sources = [
    source('one', { regions: ['us', 'eu'], labels: { os: 'linux' }, source_image: 'base-here' }),
    source('two', { conduct: 'fail' }),
  ]
  const more = { buildLabels: { commit: 'abc' }, channels: ['production'], parents: [parent] }
  const outcome = await run(planOf(sources, more), { patienceMs: 700 })
  expect(outcome).toMatchObject({
    status: 'unpublished',
    builds: [{ status: 'unpublished' }, { status: 'failed' }],
  })
  const { file, command } = outcome.rescue!
  expect(command).toBe(`ingot publish --manifest ${file}`)

  harness.front.rule = () => 'pass'
  const manifest = readManifest(readFileSync(file!, 'utf8'))
  const { client } = harness
  const finished = await publishManifest(manifest, { client })
  expect(finished).toMatchObject({ fingerprint: outcome.fingerprint, version: { complete: false } })
  const again = await publishManifest(manifest, { client })
  expect(again.builds.map((build) => build.news)).toEqual([false])

  const last = await run(planOf([sources[0]!, source('two')], { ...more, fingerprint: outcome.fingerprint }))
  expect(last.version).toMatchObject({
    name: 'v2',
    channels: [{ channel: 'production', status: 'assigned' }],
  })
  const { builds } = await client.versions.get('web', outcome.fingerprint)
  const one = builds.find((build) => build.component_type === 'fixture-image.one')
  expect(one).toMatchObject({
    labels: { commit: 'abc', os: 'linux' },
    source_external_identifier: 'base-here',
  })
  expect(one?.artifacts).toHaveLength(2)
  expect((await client.versions.get('base', parent.fingerprint)).has_descendants).toBe(true)
})

test('a registry that refuses the version stops the run before anything is built', async () => {
  const plan = planOf([source('a', { diary: diary() })], {
    bucket: { name: 'web', description: 'x'.repeat(255) },
  })
  await harness.client.buckets.create({ name: 'web' })
  harness.front.rule = ({ method }): Passage => (method === 'POST' ? 'cut' : 'pass')
  await expect(run(plan)).rejects.toMatchObject({ kind: 'unreachable' })
  expect(diaryLines()).not.toContain('working')
})
