import { afterAll, beforeAll, expect, test } from 'vitest'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
})
afterAll(() => registry[Symbol.asyncDispose]())

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const grant = 'grant_type=client_credentials&audience=https%3A%2F%2Fapi.hashicorp.cloud'
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})
const ask = (body: string, headers: Record<string, string> = {}, path = '/oauth2/token') =>
  registry.send('POST', path, { body, headers: { ...form, ...headers }, token: '' })

test.each(['/oauth2/token', '/oauth/token', '//oauth/token'])(
  '%s answers a Basic request with three members',
  async (path) => {
    const { clientId, clientSecret } = registry.access
    const { status, headers, json } = await ask(grant, basic(clientId, clientSecret), path)
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'application/json',
      'no-store',
    ])
    expect(json).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
    })
  },
)

test('the form carries the credentials as well', async () => {
  const { clientId, clientSecret } = registry.access
  const { status } = await ask(`${grant}&client_id=${clientId}&client_secret=${clientSecret}`)
  expect(status).toBe(200)
})

test('an unknown client and a wrong secret are answered alike, and say what to check', async () => {
  const { clientId, clientSecret } = registry.access
  const unknown = await ask(grant, basic('nobody', clientSecret))
  const wrong = await ask(grant, basic(clientId, 'wrong'))
  expect(unknown.text).toBe(wrong.text)
  expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([401, 'Basic realm="ingot"'])
  expect(wrong.json).toEqual({
    error: 'invalid_client',
    error_description: expect.stringContaining('HCP_CLIENT_SECRET'),
  })
})

test.each([
  ['', 400, 'invalid_request'],
  ['grant_type=client_credentials&audience=other', 400, 'invalid_request'],
  ['grant_type=password', 400, 'unsupported_grant_type'],
  ['grant_type=client_credentials', 401, 'invalid_client'],
  ['grant_type=client_credentials&client_id=a%00&client_secret=%ff', 401, 'invalid_client'],
  ['{"grant_type":"client_credentials"}', 400, 'invalid_request'],
])('%j is answered %i %s', async (body, status, error) => {
  const reply = await ask(body)
  expect([reply.status, reply.json.error]).toEqual([status, error])
})

test('a token request that is too large is refused', async () => {
  const { status, json } = await ask(`${grant}&client_id=${'x'.repeat(100_000)}`)
  expect([status, json.code]).toEqual([413, 3])
})

test.each([
  ['', 'HCP_CLIENT_ID'],
  ['nonsense', 'creds-cache.json'],
  ['x'.repeat(5000), 'creds-cache.json'],
])('the token "%.8s" is refused in words for a user of packer', async (token, words) => {
  const { status, headers, json } = await registry.send('GET', 'P/buckets', { token })
  expect([status, json.code, headers['www-authenticate']]).toEqual([401, 16, 'Bearer'])
  expect(json.message).toContain(words)
})

test('a token of another registry is refused', async () => {
  await using other = await RegistryUnderTest.start()
  expect((await registry.send('GET', 'P/buckets', { token: other.token })).status).toBe(401)
})

test('a good token opens no project but its own', async () => {
  const { organizationId, projectId } = registry.access
  const strange = '11111111-1111-4111-8111-111111111111'
  for (const [o, p] of [
    [organizationId, strange],
    [strange, projectId],
  ]) {
    const { status, json } = await registry.send(
      'GET',
      `/packer/2023-01-01/organizations/${o}/projects/${p}/buckets/x`,
    )
    expect([status, json.code]).toEqual([404, 5])
    expect(json.message).toMatch(/HCP_PROJECT_ID/)
  }
})
