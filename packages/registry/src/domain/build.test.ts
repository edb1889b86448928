import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Build,
  type BuildMoment,
  type BuildWords,
  blankBuild,
  changeBuild,
  checkNewBuild,
  isHeartbeat,
} from './build.ts'
import { artifactsPerBuild, labelsPerObject } from './limits.ts'
import { Refusal } from './refusal.ts'

const moment: BuildMoment = {
  now: 2000,
  sourceChannel: 'packer/1.16.0',
  artifact: (words) => ({ ...words, id: 'artifact', createdAt: 2000 }),
}
const blank = blankBuild({ id: 'b', versionId: 'v', componentType: 'null.one', now: 1000 })
const ami = { externalIdentifier: 'ami-1', region: 'us-east-1' }
const done: BuildWords = { status: 'done', platform: 'aws', artifacts: [ami], packerRunUuid: 'u' }

function after(build: Build, ...steps: BuildWords[]): Build {
  return steps.reduce<Build>((state, words) => {
    const next = changeBuild(state, words, moment)
    if (next instanceof Refusal) throw next
    return next
  }, build)
}

function refusal(build: Build, words: BuildWords): string | undefined {
  const next = changeBuild(build, words, moment)
  return next instanceof Refusal ? next.code : undefined
}

test('a build runs, is done, and keeps what its publisher told', () => {
  const build = after(blank, { status: 'running', packerRunUuid: 'u' }, { ...done, labels: { a: '1' } })
  expect(build).toMatchObject({ status: 'done', platform: 'aws', packerRunUuid: 'u', labels: { a: '1' } })
  expect(build.artifacts).toEqual([{ ...ami, id: 'artifact', createdAt: 2000 }])
})

test('a build that failed or was cancelled runs again, also as late as its end', () => {
  for (const status of ['failed', 'cancelled'] as const) {
    const stopped = after(blank, { status: 'running' }, { status })
    expect(after(stopped, { status: 'running', packerRunUuid: 'second' }).packerRunUuid).toBe('second')
    expect(after(stopped, done).status).toBe('done')
  }
})

test('every sign of life counts as a heartbeat', () => {
  expect(after(blank, { status: 'running' }).heartbeatAt).toBe(2000)
  expect(after(blank, { status: 'failed' }).heartbeatAt).toBeNull()
})

test('a heartbeat says nothing but that the build runs', () => {
  const running = after(blank, { status: 'running', packerRunUuid: 'u' })
  const beat = { status: 'running', packerRunUuid: 'u' } as const
  expect(isHeartbeat(running, beat)).toBe(true)
  expect(isHeartbeat(running, { ...beat, labels: {}, artifacts: [], parentVersionId: '' })).toBe(true)
  expect(isHeartbeat(blank, beat)).toBe(false)
  for (const more of [
    { packerRunUuid: 'other' },
    { platform: 'aws' },
    { labels: { a: 'b' } },
    { parentVersionId: 'p' },
    { metadata: {} },
  ])
    expect(isHeartbeat(running, { ...beat, ...more })).toBe(false)
})

test('a heartbeat after the end and an exact repetition of the end change nothing', () => {
  const build = after(blank, done)
  expect(changeBuild(build, { status: 'running', packerRunUuid: 'other' }, moment)).toBe(build)
  expect(changeBuild(build, done, moment)).toBe(build)
  expect(changeBuild(build, { status: 'done' }, moment)).toBe(build)
})

test('anything else after the end is refused', () => {
  const build = after(blank, done)
  expect(refusal(build, { status: 'failed' })).toBe('build.done')
  expect(refusal(build, { labels: { late: 'yes' } })).toBe('build.done')
  expect(refusal(build, { status: 'done', artifacts: [{ ...ami, region: 'eu' }] })).toBe('build.done')
  expect(refusal(build, { ...done, platform: 'gce' })).toBe('build.platform-set')
})

test('the platform is set once, and an equal one is refused too', () => {
  const build = after(blank, { platform: 'aws' })
  expect(refusal(build, { platform: 'gce' })).toBe('build.platform-set')
  expect(refusal(build, { platform: 'aws' })).toBe('build.platform-set')
  expect(after(build, { status: 'running' }).platform).toBe('aws')
})

test('parents are set once; the same, an empty or an absent one is no error', () => {
  const build = after(blank, { parentVersionId: 'p', parentChannelId: 'c' })
  expect(refusal(build, { parentVersionId: 'q' })).toBe('build.parent-version-set')
  expect(refusal(build, { parentChannelId: 'd' })).toBe('build.parent-channel-set')
  expect(after(build, { parentVersionId: 'p', parentChannelId: '' })).toMatchObject({ parentVersionId: 'p' })
})

test('a build is not done without artifacts, sent now or before', () => {
  expect(refusal(blank, { status: 'done', platform: 'aws' })).toBe('build.empty')
  expect(refusal(blank, { status: 'done', artifacts: [] })).toBe('build.empty')
  expect(after(blank, { artifacts: [ami] }, { status: 'done' }).status).toBe('done')
  expect(after(blank, { status: 'done', artifacts: [{ externalIdentifier: '', region: '' }] }).status).toBe(
    'done',
  )
})

test('artifacts that come again replace the earlier ones, none leave them', () => {
  const build = after(blank, { artifacts: [ami] }, { artifacts: [] })
  expect(build.artifacts).toHaveLength(1)
  expect(after(build, { artifacts: [ami, ami] }).artifacts).toHaveLength(2)
})

test('an unset status is no status', () => {
  expect(after(blank, { status: 'running' }, { status: 'unset', artifacts: [ami] }).status).toBe('running')
})

test('a build is created with its source only together with its parent', () => {
  expect(checkNewBuild('null.one', { sourceExternalIdentifier: 'ami-0' })?.code).toBe('build.source-alone')
  expect(
    checkNewBuild('null.one', { sourceExternalIdentifier: 'ami-0', parentVersionId: 'p' }),
  ).toBeUndefined()
  expect(refusal(blank, { sourceExternalIdentifier: 'ami-0' })).toBeUndefined()
  expect(checkNewBuild('', {})?.code).toBe('name.malformed')
})

test('what is too much is refused before anything is kept', () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, 'x']))
  const artifacts = Array.from({ length: artifactsPerBuild + 1 }, () => ami)
  let deep: unknown = 'end'
  for (let level = 0; level < 5000; level++) deep = [deep]
  expect(refusal(blank, { labels: many })).toBe('list.too-long')
  expect(refusal(blank, { artifacts })).toBe('list.too-long')
  expect(refusal(blank, { labels: { 'a\0': 'x' } })).toBe('text.unprintable')
  expect(refusal(blank, { labels: { a: '\ud800' } })).toBe('text.unprintable')
  expect(refusal(blank, { platform: 'x'.repeat(1_000_000) })).toBe('text.too-long')
  expect(refusal(blank, { metadata: { packer: 'x'.repeat(1_000_000) } })).toBe('json.too-large')
  expect(refusal(blank, { metadata: deep })).toBe('json.too-deep')
})

test('labels that together become too many are refused', () => {
  const labels = (from: number) =>
    Object.fromEntries(Array.from({ length: labelsPerObject }, (_, index) => [`key-${from + index}`, 'x']))
  expect(refusal(after(blank, { labels: labels(0) }), { labels: labels(1) })).toBe('list.too-long')
})

test('a label may be called like a member of every object', () => {
  const labels = JSON.parse('{"__proto__":"a","constructor":"b"}')
  const build = after(blank, { labels }, { labels: { c: 'd' } })
  expect(JSON.stringify(build.labels)).toBe('{"__proto__":"a","constructor":"b","c":"d"}')
})

const words: fc.Arbitrary<BuildWords> = fc.record(
  {
    status: fc.constantFrom('unset', 'running', 'done', 'failed', 'cancelled'),
    platform: fc.constantFrom('', 'aws', 'gce'),
    packerRunUuid: fc.constantFrom('', 'u1', 'u2'),
    labels: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('', '1', '2')),
    artifacts: fc.array(
      fc.record({ externalIdentifier: fc.constantFrom('', 'ami'), region: fc.constant('r') }),
    ),
    parentVersionId: fc.constantFrom('', 'p', 'q'),
  },
  { requiredKeys: [] },
)

test('whatever a publisher sends in whatever order, a build that is done never changes', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (steps) => {
      let build = blank
      for (const step of steps) {
        const next = changeBuild(build, step, moment)
        if (next instanceof Refusal) continue
        if (build.status === 'done') expect(next).toBe(build)
        if (build.platform) expect(next.platform).toBe(build.platform)
        if (build.parentVersionId) expect(next.parentVersionId).toBe(build.parentVersionId)
        if (next.status === 'done') expect(next.artifacts).not.toHaveLength(0)
        for (const key of Object.keys(build.labels)) expect(Object.hasOwn(next.labels, key)).toBe(true)
        build = next
      }
    }),
  )
})
