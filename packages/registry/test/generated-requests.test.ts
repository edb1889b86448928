import { check, ErrorEnvelope, everyOperation, refusesOf } from '@ingot/registry-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HostileRequest, type Known, requestsTo } from './hostile/requests.ts'
import { MeasuredRegistry } from './measured-registry.ts'
import { publish } from './publish.ts'
import { sayRaw } from './raw-connection.ts'

/** `INGOT_REQUESTS=20000` for as many as a release is tried with; `INGOT_SEED` for others than the usual ones. */
const requests = Number(process.env['INGOT_REQUESTS'] ?? 2000)
const seed = Number(process.env['INGOT_SEED'] ?? 5)
const perRound = 500
const atOnce = 8
/** Bytes by which what the registry holds on to may grow: what its caches keep. */
const growth = 16 * 1024 * 1024

let registry: MeasuredRegistry
beforeAll(async () => {
  registry = await MeasuredRegistry.start()
})
afterAll(() => registry[Symbol.asyncDispose]())

/** Makes what the requests are about, as far as it is not there, and tells its names. */
async function world(): Promise<Known> {
  const send = async (method: string, path: string, body?: object) =>
    (await registry.send(method, path, { body })).json ?? {}
  await send('POST', 'P/registry', {})
  await send('PATCH', 'P/registry', { activated: true, update_mask: 'activated' })
  const whole = { bucket: 'web', fingerprint: 'fp', sources: ['null.x'] }
  await publish(registry, whole).catch(() => undefined) // when it is there already
  await publish(registry, { ...whole, fingerprint: 'open', sources: [] })
  await send('POST', 'P/buckets/web/channels', { name: 'stable', version_fingerprint: 'fp' })
  const build = { component_type: 'null.y', status: 'BUILD_RUNNING' }
  await send('POST', 'P/buckets/web/versions/open/builds', build)
  const block = { name: 'harden', version: 'v1', template_type: 'HCL2', block_content: 'provisioner "x" {}' }
  await send('POST', 'P/enforced_blocks', block)
  const { organizationId: organization_id, projectId: project_id } = registry.access
  await send('POST', `/2019-12-10/iam/project/${project_id}/service-principals`, { name: 'robot' })
  const { version } = await send('GET', 'P/buckets/web/versions/open')
  const { bucket } = await send('GET', 'P/buckets/web')
  const { enforced_blocks } = await send('GET', 'P/enforced_blocks')
  const parameters = {
    ...{ organization_id, project_id, id: project_id, task_type: 'validation' },
    ...{
      bucket_name: 'web',
      bucket_slug: 'web',
      channel_name: 'stable',
      slug: 'stable',
      fingerprint: 'open',
    },
    ...{ iteration_id: version?.id ?? 'x', build_id: version?.builds[0]?.id ?? 'x' },
    enforced_block_id: enforced_blocks?.[0]?.id ?? 'x',
    ...{ parent_type: 'project', parent_id: project_id, name: 'robot' },
  }
  return { parameters, names: [...Object.values(parameters), bucket?.id ?? 'x', 'fp', 'latest', 'other'] }
}

/** Operations after which nothing is there any more, until the next round makes it again. */
const ending = /(Create|Update|Delete)Registry$|DeleteBucket$|DeleteServicePrincipal$/

/** All but the one by which there would be a second project: only then can the first be deleted, and nothing is left to ask. */
const asked = everyOperation.filter(({ id }) => id !== 'ProjectService_Create')

/** The requests of a round; the same seed makes the same ones, but for the names of what is there. */
function roundOf(known: Known, round: number): HostileRequest[] {
  const each = fc.oneof(
    ...asked.map((operation) => ({
      weight: ending.test(operation.id) ? 1 : 50,
      arbitrary: requestsTo(operation, known),
    })),
  )
  return fc.sample(each, { seed: seed + round, numRuns: perRound })
}

/** What the table of operations says that each is refused for. */
const listed = new Set(
  everyOperation.flatMap((operation) =>
    refusesOf(operation).map((code) => `${operation.plane}.${operation.id} ${code}`),
  ),
)

/** Ids of the operations that were done, and not refused. */
const done = new Set<string>()

/** What is wrong with the answer to a request. */
async function faultOf(request: HostileRequest): Promise<string | undefined> {
  const { operation, method, path, headers, body, lengths } = request
  if (lengths) return rawFaultOf(request, lengths)
  const sendsBody = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
  const { status, text, json } = await registry.send(method, path, { headers, ...(sendsBody && { body }) })
  if (method === 'HEAD') return status < 500 || status === 501 ? undefined : `status ${status}`
  const asked = method === operation.method && status === 200 ? operation : undefined
  if (asked) done.add(`${asked.plane} ${asked.id}`)
  const fault = asked && check(asked.reply, json)
  return fault ? `an answer whose ${fault.field} is ${fault.got}` : errorFault(status, text, json)
}

function errorFault(status: number, text: string, json: unknown): string | undefined {
  if (status === 200) return
  if (status >= 500 && status !== 501) return `status ${status}: ${text}`
  if (typeof (json as { error?: unknown }).error === 'string') return // of the token endpoint
  if (check(ErrorEnvelope, json)) return `no envelope: ${text}`
  const codes = text.match(/(?<!\\)"code":/g)?.length
  return codes === 1 ? undefined : `${codes} codes: ${text}`
}

/** Whatever comes back over a connection on which lengths contradict each other; nothing at all will do. */
async function rawFaultOf({ method, path, body }: HostileRequest, lengths: readonly string[]) {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${registry.token}`]
  const bytes = Buffer.concat([Buffer.from([...head, ...lengths, '', ''].join('\r\n')), body])
  const said = await sayRaw(registry, [bytes], { end: true })
  for (const answer of said.split(/(?=HTTP\/1\.1 \d)/)) {
    const [, status, text] = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(answer) ?? []
    const json = text ? JSON.parse(text) : {}
    const fault = status && text && errorFault(Number(status), text, json)
    if (fault) return fault
  }
}

async function sendAll(round: readonly HostileRequest[]): Promise<void> {
  const left = [...round]
  const work = async () => {
    for (let request = left.pop(); request; request = left.pop()) {
      const fault = await faultOf(request).catch((error: unknown) => `no answer: ${error}`)
      if (!fault) continue
      const { operation, body, ...rest } = request
      const shown = { ...rest, id: operation.id, body: body.toString().slice(0, 2000) }
      expect.fail(`${fault}\n${JSON.stringify(shown, null, 1)}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

test(`${requests} requests near what the models say (seed ${seed}) are answered, and nothing of them is held on to`, {
  timeout: requests * 60,
}, async () => {
  let before = Number.NaN
  for (let round = 0; round < requests / perRound; round++) {
    await sendAll(roundOf(await world(), round))
    before = round === 0 ? await registry.memory() : before
  }
  expect([...registry.refused].filter((pair) => !listed.has(pair))).toEqual([])
  expect((await registry.memory()) - before).toBeLessThan(growth)
  expect(done.size / everyOperation.length).toBeGreaterThan(0.5) // or they are not near enough
})
