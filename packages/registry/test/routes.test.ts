import { check, ErrorEnvelope } from '@ingot/registry-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await publish(registry, { bucket: 'Web', fingerprint: 'fp-1', sources: ['a.one'] })
  await registry.send('POST', 'P/buckets/Web/channels', { body: { name: 'assign' } })
})
afterAll(() => registry[Symbol.asyncDispose]())

const send: RegistryUnderTest['send'] = async (...request) => {
  const reply = await registry.send(...request)
  if (reply.status !== 200 && reply.json) expect(check(ErrorEnvelope, reply.json)).toBeUndefined()
  return reply
}

test.each([
  ['GET', '/buckets/Web/channels/latest', ['channel', 'name'], 'latest'],
  ['GET', '/buckets/Web/channels/assign', ['channel', 'name'], 'assign'],
  ['GET', '/buckets/W%65b', ['bucket', 'name'], 'Web'],
  ['GET', '/enforced_blocks/bucket/Web', [], undefined],
])('%s %s is served', async (method, path, [object, member], value) => {
  const { status, json } = await send(method, `P${path}`)
  expect([status, object && json[object][member!]]).toEqual([200, value])
})

test('where a literal and a name could stand, the method decides', async () => {
  const body = { source_channel: 'nowhere', target_channel: 'assign' }
  const { status, json } = await send('POST', 'P/buckets/Web/channels/assign', { body })
  expect([status, json.message]).toEqual([404, expect.stringContaining('nowhere')])
})

test.each([
  ['a%2Fb%252F%20c', 'a/b%2F c'],
  ['a;b#?c=d'.replace('#', '%23'), 'a;b#'],
  ['%C3%A4%2b+', 'ä++'],
  ['constructor', 'constructor'],
  ['%2E%2E', '..'],
])('the name %s is decoded once', async (sent, name) => {
  const { status, json } = await send('GET', `P/buckets/${sent}`)
  expect([status, json.message]).toEqual([404, expect.stringContaining(`${name} does not exist`)])
})

test.each(['%zz', '%', '%ff', 'a%2Fb%c3%28', '%E4%B8'])('the name %s is no text', async (sent) => {
  for (const token of [registry.token, '']) {
    const { status, json } = await send('GET', `P/buckets/${sent}`, { token })
    expect([status, json.code, json.message]).toEqual([400, 3, expect.stringContaining('percent-encoded')])
  }
})

test('a name as long as a request may be reaches the refusal that names it', async () => {
  const { status, json } = await send('GET', `P/buckets/${'x'.repeat(15_000)}`)
  expect([status, json.code, json.message.length < 600]).toEqual([404, 5, true])
})

test.each([
  ['POST', 'P/buckets/Web', 'DELETE, GET, PATCH'],
  ['HEAD', '/oauth2/token', 'POST'],
  ['OPTIONS', 'P/runtasks/config', 'GET, PATCH'],
  ['PROPFIND', 'P/buckets', 'GET, PUT'],
  ['PUT', 'P/buckets/Web/channels/assign', 'DELETE, GET, PATCH, POST'],
])('%s %s says which methods are served, to anybody', async (method, path, allow) => {
  const { status, headers } = await send(method, path, { token: '' })
  expect([status, headers['allow']]).toEqual([405, allow])
})

test.each(['/buckets/', '/nothing', '/buckets/a/b/c', '/buckets//channels/x', '', '/buckets/Web/'])(
  '%s leads nowhere, whoever asks',
  async (path) => {
    const { status, json } = await send('GET', registry.project + path, { token: '' })
    expect([status, json.code]).toEqual([501, 12])
  },
)

test('a large body changes nothing in what is said of a path or a missing token', async () => {
  const body = 'x'.repeat(5_000_000)
  expect((await send('PUT', 'P/nothing', { body })).status).toBe(501)
  expect((await send('PUT', '/index.html', { body })).status).toBe(404)
  expect((await send('PUT', 'P/buckets', { body, token: '' })).status).toBe(401)
})

test.each(['nonsense', 'application/xml', 'application/json;;=', '/', ' '])(
  'a body that calls itself %j is read as JSON all the same',
  async (type) => {
    const request = { body: { labels: { a: 'b' } }, headers: { 'content-type': type } }
    const { status, json } = await send('PATCH', 'P/buckets/Web', request)
    expect([status, json.bucket.labels]).toEqual([200, { a: 'b' }])
  },
)

test('a query parameter may come twice, and hold what it likes', async () => {
  const order = 'sorting.order_by=name&sorting.order_by=created_at'
  const { status, json } = await send('GET', `P/buckets?${order}&unknown=%zz&__proto__=x&=&&`)
  expect([status, json.buckets.length]).toEqual([200, 1])
  expect((await send('GET', 'P/buckets?pagination.next_page_token=%00')).status).toBe(400)
})

test('every path gets an answer in the envelope', async () => {
  const path = fc.oneof(
    fc.webPath(),
    fc.string({ unit: fc.constantFrom('/', '%', '2', 'F', 'a', '.', ';', ':') }),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'PATCH'), path, async (method, tail) => {
      const { status, json } = await send(method, `/${tail}`)
      expect([400, 404, 405, 501]).toContain(status)
      expect(json.message).toMatch(/./)
    }),
  )
})
