import { once } from 'node:events'
import { connect } from 'node:tls'
import { check, ErrorEnvelope } from '@ingot/registry-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publish } from './publish.ts'
import { sayRaw } from './raw-connection.ts'
import { RegistryUnderTest } from './registry-under-test.ts'
import type { Sent } from './wire-client.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await publish(registry, { bucket: 'web', fingerprint: 'fp-1', sources: ['a.one'] })
})
afterAll(() => registry[Symbol.asyncDispose]())

const raw = (...pieces: readonly string[]) => sayRaw(registry, pieces)

const labels = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`l${i}`, 'x']))
const build = (fields: object) => ({ body: { component_type: 'a.two', ...fields } })
const P = 'P/buckets/web'

const cases: readonly [string, string, string, Sent, number, number, RegExp][] = [
  ['a body that is no JSON', 'PUT', 'P/buckets', { body: '{"name":' }, 400, 3, /not JSON/],
  ['a body that is no object', 'PUT', 'P/buckets', { body: ['web'] }, 400, 3, /body must be an object/],
  [
    'a text where a number stands',
    'PUT',
    'P/buckets',
    { body: { name: 7 } },
    400,
    3,
    /field name must be text, but a number/,
  ],
  [
    'a list where a map belongs',
    'PUT',
    'P/buckets',
    { body: { name: 'new', labels: [] } },
    400,
    3,
    /field labels must be an object/,
  ],
  [
    'a label that is no text',
    'PUT',
    'P/buckets',
    { body: { name: 'new', labels: { a: 1 } } },
    400,
    3,
    /labels\.a must be text/,
  ],
  [
    'an unknown status',
    'POST',
    `${P}/versions/fp-9/builds`,
    build({ status: 'DONE' }),
    400,
    3,
    /one of BUILD_UNSET/,
  ],
  [
    'an artifact that is a text',
    'POST',
    `${P}/versions/fp-9/builds`,
    build({ artifacts: ['x'] }),
    400,
    3,
    /artifacts\[0\]/,
  ],
  [
    'an empty date',
    'PATCH',
    `${P}/versions/fp-1`,
    { body: { revoke_at: '' } },
    400,
    3,
    /revoke_at must be a time/,
  ],
  ['a NUL in a name', 'PUT', 'P/buckets', { body: { name: 'a\0b' } }, 400, 3, /NUL/],
  ['a NUL in the path', 'GET', 'P/buckets/a%00b', {}, 400, 3, /NUL/],
  [
    'half a surrogate pair',
    'PUT',
    'P/buckets',
    { body: '{"name":"new","labels":{"a":"\\ud800"}}' },
    400,
    3,
    /labels\.a/,
  ],
  ['bytes that are no UTF-8', 'PUT', 'P/buckets', { body: Buffer.from([0x7b, 0xff, 0x7d]) }, 400, 3, /UTF-8/],
  ['a broken percent', 'GET', 'P/buckets/%zz', {}, 400, 3, /percent/],
  ['a name of 1 MB', 'PUT', 'P/buckets', { body: { name: 'x'.repeat(1_000_000) } }, 400, 3, /name/],
  ['10 000 labels', 'PUT', 'P/buckets', { body: { name: 'new', labels: labels(10_000) } }, 400, 3, /labels/],
  [
    'metadata as deep as a well',
    'PUT',
    'P/buckets',
    { body: `{"x":${'['.repeat(9999)}${']'.repeat(9999)}}` },
    400,
    3,
    /levels deep/,
  ],
  [
    'a body of 5 MB',
    'PUT',
    'P/buckets',
    { body: { name: 'x'.repeat(5_000_000) } },
    413,
    3,
    /larger than 4194304/,
  ],
  ['a slash in a name', 'GET', 'P/buckets/a%2Fb', {}, 404, 5, /a\/b does not exist/],
  ['another case of a name', 'GET', 'P/buckets/Web', {}, 404, 5, /Web does not exist/],
  ['a page size that is none', 'GET', 'P/buckets?pagination.page_size=x', {}, 400, 3, /page_size/],
  ['a negative page size', 'GET', 'P/buckets?pagination.page_size=-1', {}, 400, 3, /page_size/],
  ['a page token of nobody', 'GET', 'P/buckets?pagination.next_page_token=x', {}, 400, 3, /token/],
  ['an unknown sort column', 'GET', 'P/buckets?sorting.order_by=secret', {}, 400, 3, /order_by/],
  [
    'a mask that is not there',
    'PATCH',
    `${P}/channels/latest`,
    { body: {} },
    400,
    3,
    /update_mask: field mask: must be set/,
  ],
  ['another method', 'POST', P, {}, 405, 12, /Use DELETE or GET or PATCH/],
  ['options', 'OPTIONS', P, {}, 405, 12, /Use DELETE/],
  ['a path of tomorrow', 'GET', 'P/enforced_blocks/resolve/web', {}, 501, 12, /not served/],
  [
    'a path of a plane that there never was',
    'PUT',
    '/packer/2020-01-01/organizations/o/projects/p/images',
    {},
    501,
    12,
    /not served/,
  ],
  ['a path of nobody', 'GET', '/index.html', {}, 404, 5, /HCP_API_ADDRESS/],
  ['the root', 'GET', '/', {}, 404, 5, /Nothing is served at \//],
]

test.each(cases)('%s is refused: %s %s', async (_, method, path, sent, status, code, words) => {
  const reply = await registry.send(method, path, sent)
  expect([reply.status, reply.json.code, check(ErrorEnvelope, reply.json)]).toEqual([status, code, undefined])
  expect(reply.json.message).toMatch(words)
  expect(reply.json.message.length).toBeLessThan(600)
  expect(reply.headers['content-type']).toBe('application/json')
})

test('nothing of it was kept', async () => {
  const { json } = await registry.send('GET', 'P/buckets')
  expect(json.buckets.map((each: { name: string }) => each.name)).toEqual(['web'])
})

test('unknown fields, a body without a type and a body where none belongs are no matter', async () => {
  const fresh = {
    body: { name: 'lenient', from_the_future: [{}] },
    headers: { 'content-type': 'text/plain' },
  }
  expect((await registry.send('PUT', 'P/buckets', fresh)).status).toBe(200)
  expect((await registry.send('GET', 'P/buckets/lenient', { body: 'anything' })).status).toBe(200)
  expect((await registry.send('PATCH', 'P/buckets/lenient', {})).status).toBe(200)
  expect(
    (await registry.send('PATCH', 'P/buckets/lenient', { body: { updates: { labels: { a: 'b' } } } })).status,
  ).toBe(200)
})

test('a HEAD is answered like a GET, without the body', async () => {
  const { status, headers, text } = await registry.send('HEAD', P)
  expect([status, text, Number(headers['content-length']) > 100]).toEqual([200, '', true])
})

test('what is no HTTP, and headers without end, are told in the envelope too', async () => {
  expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/json[\s\S]*"code":3/)
  expect(await raw(`GET /${'x'.repeat(1_000_000)} HTTP/1.1\r\n`)).toMatch(
    /"code":3,"message":"[^"]*longer than 16384/,
  )
})

test('a body that says less than it is, or ends too early, leaves the registry answering', async () => {
  const head = `PUT /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n`
  await raw(`${head}{"a":1}\r\n\r\n`)
  const socket = connect({ host: '127.0.0.1', port: registry.port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  socket.write(
    `PUT ${registry.project}/buckets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${registry.token}\r\nContent-Length: 500\r\n\r\n{`,
  )
  socket.destroy()
  expect((await registry.send('GET', P)).status).toBe(200)
})

test('a body far over the limit is refused while it is sent, and the refusal arrives', async () => {
  const { status, json } = await registry.send('PUT', 'P/buckets', { body: 'x'.repeat(20_000_000) })
  expect([status, json.code]).toEqual([413, 3])
})

test('parallel requests of every kind are all answered', async () => {
  const kinds = cases.map(([, method, path, sent]) => registry.send(method, path, sent))
  const replies = await Promise.all([
    ...kinds,
    ...kinds.map(() => registry.send('GET', `${P}/channels/latest`)),
  ])
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(cases.length)
})
