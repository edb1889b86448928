import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { done, runUuid } from './publish.ts'
import { WireClient } from './wire-client.ts'

const kills = 32
let directory: string
let client: WireClient
let child: ChildProcess | undefined

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ingot-kill-'))
  client = new WireClient(join(directory, 'data'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

async function start(): Promise<void> {
  child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), client.dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled') },
  })
  await once(child.stdout!, 'data')
  await client.signIn()
}

/** What was acknowledged of a version: at least that much must be there afterwards. */
interface Acknowledged {
  readonly fingerprint: string
  readonly builds: Map<string, string>
  name: string
}

/** Publishes version after version until the registry is gone, writing down what it acknowledged. */
async function publishUntilKilled(round: number, acknowledged: Acknowledged[]): Promise<void> {
  try {
    for (let count = 0; ; count += 1) await publishOne(`fp-${round}-${count}`, acknowledged)
  } catch (error) {
    expect(String(error)).toMatch(/ECONNRESET|ECONNREFUSED|socket hang up|EPIPE/)
  }
}

async function publishOne(fingerprint: string, acknowledged: Acknowledged[]): Promise<void> {
  const versions = 'P/buckets/web/versions'
  await ok('POST', versions, { fingerprint, template_type: 'HCL2' })
  const version: Acknowledged = { fingerprint, builds: new Map(), name: 'v0' }
  acknowledged.push(version)
  for (const component_type of ['a.one', 'b.two']) {
    const body = { component_type, packer_run_uuid: runUuid, status: 'BUILD_UNSET', artifacts: null }
    const { build } = await ok('POST', `${versions}/${fingerprint}/builds`, body)
    version.builds.set(build.id, build.status)
  }
  for (const id of version.builds.keys()) {
    const { build } = await ok('PATCH', `${versions}/${fingerprint}/builds/${id}`, done(id))
    version.builds.set(id, build.status)
  }
  version.name = (await ok('GET', `${versions}/${fingerprint}`)).version.name
}

let answers = 0
/** The answer after which the registry is killed. */
let lastAnswer = Number.POSITIVE_INFINITY

async function ok(method: string, path: string, body?: unknown) {
  const { status, json } = await client.send(method, path, { body })
  answers += 1
  // Right away, or some milliseconds into the requests that follow.
  if (answers === lastAnswer) setTimeout(() => child!.kill('SIGKILL'), answers % 5)
  expect([method, path, status, json.message]).toEqual([method, path, 200, undefined])
  return json
}

async function expectKept(acknowledged: readonly Acknowledged[]): Promise<void> {
  for (const { fingerprint, builds, name } of acknowledged) {
    const { version } = await ok('GET', `P/buckets/web/versions/${fingerprint}`)
    const found = new Map<string, { status: string; artifacts: unknown[] }>()
    for (const build of version.builds) found.set(build.id, build)
    for (const [id, status] of builds) {
      const build = found.get(id)
      expect(build).toBeDefined()
      if (status === 'BUILD_DONE') expect([build!.status, build!.artifacts.length]).toEqual(['BUILD_DONE', 2])
    }
    if (name !== 'v0') expect(version.name).toBe(name)
    // A version is complete exactly when all its builds are done, and then it has them whole.
    const isDone =
      version.builds.length > 0 &&
      version.builds.every((each: { status: string }) => each.status === 'BUILD_DONE')
    expect(isDone).toBe(version.name !== 'v0')
  }
}

test(`what was acknowledged is there after ${kills} kills in the middle of publishing`, {
  timeout: 120_000,
}, async () => {
  await start()
  await ok('PUT', 'P/buckets', { name: 'web' })
  for (let round = 0; round < kills; round += 1) {
    const acknowledged: Acknowledged[] = []
    lastAnswer = answers + 1 + round
    await Promise.all([publishUntilKilled(round, acknowledged), once(child!, 'close')])
    client.disconnect()
    await start()
    await expectKept(acknowledged)
  }
  const { versions } = await ok('GET', 'P/buckets/web/versions?pagination.page_size=200')
  const numbers = versions
    .map((each: { name: string }) => Number(each.name.slice(1)))
    .filter((each: number) => each > 0)
  expect(new Set(numbers).size).toBe(numbers.length)
})
