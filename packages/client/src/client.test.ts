import { expect, test } from 'vitest'
import { bucketAnswer, clientOf, fastClock, project } from '../test/client.ts'
import { type Reply, type Seen, serveHttps, withTokens } from '../test/https-server.ts'
import { ClientError } from './client-error.ts'

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ClientError)
  return error as ClientError
}

const isToken = (seen: Seen) => seen.path === '/oauth2/token'

test('a call carries a token that was asked for with Basic credentials and the audience', async () => {
  await using server = await serveHttps(withTokens(() => ({ body: bucketAnswer('web') })))
  await using client = clientOf(server, { clientId: 'an id', clientSecret: 'a+b:c' })
  expect(await client.buckets.get('web')).toMatchObject({ name: 'web' })
  const [token, call] = server.seen
  expect(Buffer.from(String(token?.headers.authorization).slice(6), 'base64').toString()).toBe(
    'an+id:a%2Bb%3Ac',
  )
  expect(token?.body).toBe('grant_type=client_credentials&audience=https%3A%2F%2Fapi.hashicorp.cloud')
  expect(call).toMatchObject({ method: 'GET', path: `${project}/buckets/web` })
  expect(call?.headers).toMatchObject({
    authorization: 'Bearer token-1',
    'x-hcp-source-channel': expect.stringMatching(/^ingot\/\d+\.\d+\.\d+$/),
  })
})

test('many calls at once share one token, and it is kept until a minute before its end', async () => {
  await using server = await serveHttps(withTokens(() => ({ body: bucketAnswer('web') })))
  const clock = fastClock()
  await using client = clientOf(server, { clock })
  await Promise.all(Array.from({ length: 8 }, () => client.buckets.get('web')))
  clock.advance(3_539_000)
  await client.buckets.get('web')
  expect(server.seen.filter(isToken)).toHaveLength(1)
  clock.advance(2_000)
  await client.buckets.get('web')
  expect(server.seen.filter(isToken)).toHaveLength(2)
})

test('a refused token is replaced once', async () => {
  const answer = ({ headers }: Seen): Reply =>
    headers.authorization === 'Bearer token-2'
      ? { body: bucketAnswer('web') }
      : { status: 401, body: { code: 16, message: 'expired', details: [] } }
  await using server = await serveHttps(withTokens(answer))
  await using client = clientOf(server)
  expect(await client.buckets.get('web')).toMatchObject({ name: 'web' })
  expect(server.seen.map((seen) => seen.path.split('/').at(-1))).toEqual(['token', 'web', 'token', 'web'])
})

test('a token that stays refused is said to be so, with the remedy', async () => {
  await using server = await serveHttps(
    withTokens(() => ({ status: 401, body: { code: 16, message: 'No.' } })),
  )
  await using client = clientOf(server)
  const error = await failure(client.buckets.get('web'))
  expect(error).toMatchObject({ kind: 'unauthorized', remedy: expect.stringContaining('HCP_CLIENT_SECRET') })
  expect(server.seen).toHaveLength(4)
})

test('a wrong secret is told with what the registry said of it, without a second try', async () => {
  const body = { error: 'invalid_client', error_description: 'unknown secret' }
  await using server = await serveHttps(() => ({ status: 401, body }))
  await using client = clientOf(server)
  const error = await failure(client.buckets.get('web'))
  expect(error.kind).toBe('unauthorized')
  expect(error.message).toContain('invalid_client: unknown secret')
  expect(error.message).not.toContain('a-secret')
  expect(server.seen).toHaveLength(1)
})

test('a refusal is a value with codes and the words of the registry', async () => {
  const body = { code: 5, message: 'Error: The bucket with identifier web does not exist.', details: [] }
  await using server = await serveHttps(withTokens(() => ({ status: 404, body })))
  await using client = clientOf(server)
  const error = await failure(client.buckets.get('web'))
  expect(error).toMatchObject({ kind: 'refused', message: body.message })
  expect(error.refusal).toEqual({ grpc: 5, http: 404, message: body.message, details: [] })
  expect(error.refusedWith(5)).toBe(true)
})

test.each([
  ['a hung up connection', { hangUp: true }],
  ['502', { status: 502, body: 'bad gateway' }],
  ['503', { status: 503 }],
  ['504', { status: 504, body: 'Gateway Timeout' }],
  ['429', { status: 429, headers: { 'retry-after': '2' } }],
] as [string, Reply][])('a read is tried again after %s', async (_, reply) => {
  await using server = await serveHttps(
    withTokens((_seen, count) => (count < 3 ? reply : { body: bucketAnswer('web') })),
  )
  const clock = fastClock()
  await using client = clientOf(server, { clock })
  expect(await client.buckets.get('web')).toMatchObject({ name: 'web' })
  expect(clock.slept).toHaveLength(2)
  if (reply.headers) expect(clock.slept).toEqual([2000, 2000])
})

test('tries end, and the last error is told', async () => {
  await using server = await serveHttps(withTokens(() => ({ status: 503 })))
  await using client = clientOf(server, { retries: 2 })
  const error = await failure(client.buckets.get('web'))
  expect(error.refusal?.http).toBe(503)
  expect(error.transient).toBe(true)
  expect(server.seen).toHaveLength(4)
})

test('a registry that asks to wait for minutes is not waited for', async () => {
  await using server = await serveHttps(
    withTokens(() => ({ status: 429, headers: { 'retry-after': '300' } })),
  )
  await using client = clientOf(server)
  expect(await failure(client.buckets.get('web'))).toMatchObject({ retryAfterMs: 300_000 })
  expect(server.seen).toHaveLength(2)
})

test('a write that may have arrived is not sent twice unless the caller says that it may be', async () => {
  await using server = await serveHttps(withTokens(() => ({ hangUp: true })))
  await using client = clientOf(server, { retries: 2 })
  const version = { fingerprint: 'f1', template_type: 'HCL2' } as const
  expect(await failure(client.versions.create('web', version))).toMatchObject({ kind: 'unreachable' })
  expect(server.seen).toHaveLength(2)
  await failure(client.versions.create('web', version, { idempotent: true }))
  expect(server.seen).toHaveLength(5)
})

test('a registry that is away is told with its address and the remedy', async () => {
  const server = await serveHttps(() => ({}))
  await server[Symbol.asyncDispose]()
  await using client = clientOf(server, { retries: 1 })
  const error = await failure(client.versions.create('web', { fingerprint: 'f1' }))
  expect(error).toMatchObject({ kind: 'unreachable', remedy: expect.stringContaining('ingot serve') })
  expect(error.message).toContain(server.url)
})

test('a certificate of an unknown authority is not trusted, and not retried', async () => {
  await using server = await serveHttps(withTokens(() => ({ body: bucketAnswer('web') })))
  await using other = await serveHttps(() => ({}))
  await using client = clientOf({ url: server.url, ca: other.ca })
  const error = await failure(client.buckets.get('web'))
  expect(error).toMatchObject({
    kind: 'untrusted-certificate',
    remedy: expect.stringContaining('SSL_CERT_FILE'),
  })
  await using trusting = clientOf({ url: server.url, ca: other.ca }, { insecure: { api: true, auth: true } })
  expect(await trusting.buckets.get('web')).toMatchObject({ name: 'web' })
})

test('a certificate for another name says which name is wanted', async () => {
  await using server = await serveHttps(() => ({}), ['registry.example'])
  await using client = clientOf(server)
  const error = await failure(client.buckets.get('web'))
  expect(error).toMatchObject({ kind: 'untrusted-certificate', remedy: expect.stringContaining('localhost') })
})

test('a registry that does not answer is given up', async () => {
  await using server = await serveHttps(withTokens(() => ({ silent: true })))
  await using client = clientOf(server, { timeoutMs: 50, retries: 0 })
  expect(await failure(client.buckets.get('web'))).toMatchObject({ kind: 'timeout', transient: true })
})

test('an aborted call ends at once, also between two tries', async () => {
  await using server = await serveHttps(withTokens(() => ({ silent: true })))
  await using client = clientOf(server)
  const stop = new AbortController()
  const waiting = failure(client.buckets.get('web', { signal: stop.signal }))
  while (server.seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  stop.abort()
  expect(await waiting).toMatchObject({ kind: 'aborted' })
  expect(await failure(client.buckets.get('web', { signal: stop.signal }))).toMatchObject({ kind: 'aborted' })
})

test('an aborted call does not wait for a token that does not come', async () => {
  await using server = await serveHttps(() => ({ silent: true }))
  await using client = clientOf(server)
  const stop = new AbortController()
  const waiting = failure(client.buckets.get('web', { signal: stop.signal }))
  while (server.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 5))
  stop.abort()
  expect(await waiting).toMatchObject({ kind: 'aborted' })
})

test.each([
  ['text', 'It works!'],
  ['another object', { hello: 'world' }],
  ['a wrong type', { bucket: { ...bucketAnswer('web').bucket, name: 7 } }],
])('%s for an answer is a bad answer that names the call', async (_, body) => {
  await using server = await serveHttps(withTokens(() => ({ body })))
  await using client = clientOf(server)
  const error = await failure(client.buckets.get('web'))
  expect(error.kind).toBe('bad-answer')
  expect(error.message).toContain('PackerService_GetBucket')
})

test('organization and project are found as packer finds them, once', async () => {
  const answer = ({ path }: Seen): Reply => {
    if (path.endsWith('/organizations'))
      return { body: { organizations: [{ id: 'o1', owner: { user: '' } }] } }
    if (path.includes('/projects?')) return { body: { projects: [newer, older] } }
    return { body: bucketAnswer('web') }
  }
  const parent = { type: 'ORGANIZATION', id: 'o1' }
  const newer = { id: 'p2', parent, created_at: '2026-02-01T00:00:00Z' }
  const older = { id: 'p1', parent, created_at: '2026-01-01T00:00:00Z' }
  await using server = await serveHttps(withTokens(answer))
  await using client = clientOf(server, { organizationId: '', projectId: '' })
  await Promise.all([client.buckets.get('web'), client.buckets.get('web')])
  expect(await client.tenancy()).toEqual({ organizationId: 'o1', projectId: 'p1' })
  expect(server.seen.filter(({ path }) => path.includes('resource-manager')).map(({ path }) => path)).toEqual(
    [
      '/resource-manager/2019-12-10/organizations',
      '/resource-manager/2019-12-10/projects?scope.type=ORGANIZATION&scope.id=o1',
    ],
  )
})

test('several organizations are named, to choose one', async () => {
  const organizations = ['o1', 'o2'].map((id) => ({ id, name: `name of ${id}`, owner: {} }))
  await using server = await serveHttps(withTokens(() => ({ body: { organizations } })))
  await using client = clientOf(server, { organizationId: '' })
  const error = await failure(client.tenancy())
  expect(error).toMatchObject({
    kind: 'misconfigured',
    remedy: expect.stringContaining('HCP_ORGANIZATION_ID'),
  })
  expect(error.message).toContain('name of o1 (o1), name of o2 (o2)')
})

test('lists are followed to their last page', async () => {
  const answer = ({ path }: Seen): Reply => {
    const page = path.includes('next_page_token=two') ? ['c', ''] : ['a', 'two']
    return { body: { buckets: [bucketAnswer(page[0]!).bucket], pagination: { next_page_token: page[1] } } }
  }
  await using server = await serveHttps(withTokens(answer))
  await using client = clientOf(server)
  const names: string[] = []
  for await (const bucket of client.buckets.list()) names.push(bucket.name)
  expect(names).toEqual(['a', 'c'])
})

test('a list that does not end is a bad answer', async () => {
  const body = { buckets: [], pagination: { next_page_token: 'again' } }
  await using server = await serveHttps(withTokens(() => ({ body })))
  await using client = clientOf(server)
  const reading = async () => {
    for await (const _ of client.buckets.list());
  }
  expect(await failure(reading())).toMatchObject({ kind: 'bad-answer' })
})

test('a name that addresses cannot hold never leaves the client', async () => {
  await using server = await serveHttps(withTokens(() => ({ body: {} })))
  await using client = clientOf(server)
  for (const name of ['', '.', '..', '\ud800']) {
    expect(await failure(client.buckets.delete(name))).toMatchObject({ kind: 'misconfigured' })
  }
  await client.buckets.delete('a/../b?c')
  expect(server.seen.map((seen) => seen.path)).toEqual(['/oauth2/token', `${project}/buckets/a%2F..%2Fb%3Fc`])
})

test.each(['http://localhost', 'localhost:8443', 'ftp://localhost', ''])(
  '%j is no address for tokens',
  (authUrl) => {
    const settings = { url: 'https://localhost', authUrl, clientId: 'i', clientSecret: 's', ca: '' }
    expect(() => clientOf(settings, settings)).toThrow(/no address of a registry/)
  },
)
