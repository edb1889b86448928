import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { layout } from '../src/data-directory/layout.ts'
import { Oracle } from '../src/testing/oracle.ts'
import { RegistryUnderTest } from './registry-under-test.ts'
import type { Reply } from './wire-client.ts'

const seed = Number(process.env['INGOT_SEED'] ?? 11)
const atOnce = 16
/** Bursts about the same two buckets; after that there is little left to do in them. */
const burstsPerRound = 8
const rounds = 6

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
})
afterAll(() => registry[Symbol.asyncDispose]())

const version = {
  bucket: fc.constantFrom<string[]>('base', 'web'),
  fingerprint: fc.constantFrom('a', 'b', 'c'),
}
const component = fc.constantFrom('null.one', 'null.two')
const build = {
  ...version,
  component,
  status: fc.constantFrom('running', 'done', 'done', 'failed'),
  parent: fc.option(fc.record(version), { nil: undefined, freq: 2 }),
  image: fc.constantFrom('one', 'two', 'three'),
}
const channel = {
  bucket: version.bucket,
  name: fc.constantFrom('latest', 'stable', 'beta'),
  assigned: fc.constantFrom('', 'a', 'b', 'c'),
}
const does = <Name extends string>(name: Name) => ({ does: fc.constant(name) })
const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...does('create version'), ...version }) },
  { weight: 4, arbitrary: fc.record({ ...does('create build'), ...build }) },
  { weight: 8, arbitrary: fc.record({ ...does('update build'), ...build }) },
  { weight: 1, arbitrary: fc.record({ ...does('create channel'), ...channel }) },
  { weight: 3, arbitrary: fc.record({ ...does('assign'), ...channel }) },
  { weight: 2, arbitrary: fc.record({ ...does('revoke'), ...version }) },
  { weight: 2, arbitrary: fc.record({ ...does('restore'), ...version }) },
)
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never
type BuildCommand = Extract<Command, { does: 'create build' | 'update build' }>

/** A command as it was sent, with the identifiers that its sender knew, and what was answered. */
interface Sent {
  readonly command: Command
  readonly parentId: string
  readonly reply: Reply
}

/** Identifiers that were answered so far. */
const versionIds = new Map<string, string>()
const buildIds = new Map<string, string>()
const keyOf = ({ bucket, fingerprint }: { bucket: string; fingerprint: string }) => `${bucket} ${fingerprint}`

/** Sends a command under a number that comes back in the audit log; nothing when its sender could not know how. */
async function send(command: Command, number: number): Promise<Sent | undefined> {
  const parent = 'parent' in command && command.parent && versionIds.get(keyOf(command.parent))
  const parentId = parent || ''
  const request = requestOf(command, parentId)
  if (!request) return undefined
  const [method, path, body] = request
  const headers = { 'x-hcp-source-channel': `number/${number}` }
  const reply = await registry.send(method, `P/buckets/${command.bucket}/${path}`, { body, headers })
  if (command.does === 'create version' && reply.status === 200)
    versionIds.set(keyOf(command), reply.json.version.id)
  if (command.does === 'create build' && reply.status === 200)
    buildIds.set(`${keyOf(command)} ${command.component}`, reply.json.build.id)
  return { command, parentId, reply }
}

type Request = readonly [method: string, path: string, body: object]

function requestOf(command: Command, parentId: string): Request | undefined {
  if ('name' in command) {
    const assigned = { version_fingerprint: command.assigned }
    return command.does === 'create channel'
      ? ['POST', 'channels', { name: command.name, ...assigned }]
      : ['PATCH', `channels/${command.name}`, { update_mask: 'versionFingerprint', ...assigned }]
  }
  const version = `versions/${command.fingerprint}`
  switch (command.does) {
    case 'create version':
      return ['POST', 'versions', { fingerprint: command.fingerprint }]
    case 'create build':
      return [
        'POST',
        `${version}/builds`,
        { ...wordsOf(command, parentId), component_type: command.component },
      ]
    case 'update build': {
      const id = buildIds.get(`${keyOf(command)} ${command.component}`)
      return id === undefined ? undefined : ['PATCH', `${version}/builds/${id}`, wordsOf(command, parentId)]
    }
    case 'revoke':
      return ['PATCH', version, { revoke_in: '0s' }]
    case 'restore':
      return ['PATCH', version, { restore: true }]
  }
}

function wordsOf({ status, image }: BuildCommand, parentId: string): object {
  return {
    status: `BUILD_${status.toUpperCase()}`,
    parent_version_id: parentId,
    ...(status === 'done' && { artifacts: [{ external_identifier: image, region: 'here' }] }),
  }
}

/** What a plain model of the registry says to a command that comes next. */
function expected(oracle: Oracle, { command, parentId, reply }: Sent): string | undefined {
  if (command.does === 'create channel')
    return oracle.createChannel(command.bucket, command.name, command.assigned)
  if (command.does === 'assign') return oracle.assign(command.bucket, command.name, command.assigned)
  const at = keyOf(command)
  switch (command.does) {
    case 'create version': {
      const refusal = oracle.createVersion(command.bucket, command.fingerprint)
      if (!refusal) oracle.versions.get(at)!.id = reply.json.version?.id
      return refusal
    }
    case 'create build':
      return oracle.createBuild(at, command.component, { ...command, parentId, source: '' })
    case 'update build':
      return oracle.updateBuild(at, command.component, { ...command, parentId, source: '' })
    case 'revoke':
      return oracle.revoke(at, { delay: 0, skip: false, stay: false })
    case 'restore':
      return oracle.restore(at)
  }
}

/** What the audit log tells of the numbered requests, in its order. */
function audited(): { number: number; outcome: string }[] {
  using database = new DatabaseSync(layout(registry.dataDir).database, { readOnly: true })
  const rows = database
    .prepare(`select source_channel as channel, outcome from audit_events
      where source_channel like 'number/%' order by sequence`)
    .all()
  return rows.map(({ channel, outcome }) => ({
    number: Number(String(channel).slice('number/'.length)),
    outcome: String(outcome),
  }))
}

/** What the registry shows in the end must be where the model came to. */
async function expectSame(oracle: Oracle, buckets: readonly string[]): Promise<void> {
  for (const bucket of buckets) {
    const { versions } = (await registry.send('GET', `P/buckets/${bucket}/versions`)).json
    const ours = [...oracle.versions.values()].filter((each) => each.bucket === bucket)
    expect(new Map(versions.map((each: Shown) => [each.fingerprint, [each.name, each.status]]))).toEqual(
      new Map(
        ours.map((each) => [
          each.fingerprint,
          [`v${each.number}`, `VERSION_${oracle.status(each).toUpperCase()}`],
        ]),
      ),
    )
    const { channels } = (await registry.send('GET', `P/buckets/${bucket}/channels`)).json
    for (const { name, version } of channels) {
      const { version: assigned, history } = oracle.channels.get(`${bucket} ${name}`)!
      expect([bucket, name, version?.fingerprint]).toEqual([bucket, name, assigned?.fingerprint])
      const path = `P/buckets/${bucket}/channels/${name}/history?pagination.page_size=200`
      const shown = (await registry.send('GET', path)).json.history
      expect(shown.map((row: { version: Shown | null }) => row.version?.fingerprint)).toEqual(
        history.slice(0, 200).map((row) => row?.fingerprint),
      )
    }
  }
}

interface Shown {
  readonly fingerprint: string
  readonly name: string
  readonly status: string
}

test(`what racing clients are answered is one history, that of the audit log (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const buckets = Array.from({ length: rounds }, (_, round) => [`base-${round}`, `web-${round}`]).flat()
  for (const name of buckets) await registry.send('PUT', 'P/buckets', { body: { name } })
  const sent = new Map<number, Sent>()
  for (let burst = 0; burst < rounds * burstsPerRound; burst++) {
    const commands = fc.sample(command, { seed: seed + burst, numRuns: atOnce })
    const sending = commands.map(async (each, index) => {
      const number = burst * atOnce + index
      const bucket = `${each.bucket}-${Math.floor(burst / burstsPerRound)}`
      const parent = 'parent' in each && each.parent && { ...each.parent, bucket }
      const done = await send({ ...each, bucket, ...(parent && { parent }) }, number)
      if (done) sent.set(number, done)
    })
    await Promise.all(sending)
  }
  const oracle = new Oracle(0, buckets)
  const history = audited()
  expect(new Set(history.map(({ number }) => number))).toEqual(new Set(sent.keys()))
  expect(history).toHaveLength(sent.size)
  for (const { number, outcome } of history) {
    const each = sent.get(number)!
    expect([number, each.command, outcome]).toEqual([number, each.command, expected(oracle, each) ?? 'done'])
    expect([number, each.reply.status === 200]).toEqual([number, outcome === 'done'])
  }
  const done = history.filter(({ outcome }) => outcome === 'done')
  expect(new Set(done.map(({ number }) => sent.get(number)!.command.does)).size).toBe(7)
  await expectSame(oracle, buckets)
})

test('builds that finish in the same instant, each over a connection of its own, complete every version', async () => {
  await registry.send('PUT', 'P/buckets', { body: { name: 'instant' } })
  const versions = 'P/buckets/instant/versions'
  const fingerprints = Array.from({ length: 25 }, (_, index) => `fp-${index}`)
  const builds: string[] = []
  for (const fingerprint of fingerprints) {
    await registry.send('POST', versions, { body: { fingerprint } })
    for (const component_type of ['null.one', 'null.two']) {
      const { json } = await registry.send('POST', `${versions}/${fingerprint}/builds`, {
        body: { component_type },
      })
      builds.push(`${versions}/${fingerprint}/builds/${json.build.id}`)
    }
  }
  const body = { status: 'BUILD_DONE', artifacts: [{ external_identifier: 'ami-1', region: 'here' }] }
  const replies = await Promise.all(builds.map((path) => registry.send('PATCH', path, { body })))
  expect(replies.map(({ status }) => status)).toEqual(builds.map(() => 200))
  const names = (await registry.send('GET', versions)).json.versions.map(({ name }: Shown) => name)
  expect(new Set(names)).toEqual(new Set(fingerprints.map((_, index) => `v${index + 1}`)))
})

test('of creators of one fingerprint in the same instant one makes it, and the others are told', async () => {
  await registry.send('PUT', 'P/buckets', { body: { name: 'contested' } })
  const make = () => registry.send('POST', 'P/buckets/contested/versions', { body: { fingerprint: 'one' } })
  const replies = await Promise.all(Array.from({ length: 20 }, make))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(replies.map(({ json }) => json.code))).toEqual(new Set([undefined, 6]))
})
