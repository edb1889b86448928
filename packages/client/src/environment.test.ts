import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromEnvironment } from './environment.ts'

const local = { HCP_API_ADDRESS: 'localhost:8443', HCP_CLIENT_ID: 'id', HCP_CLIENT_SECRET: 'secret' }

test('address and credentials suffice; tokens come from the same address', () => {
  expect(fromEnvironment(local)).toEqual({
    url: 'https://localhost:8443',
    authUrl: 'https://localhost:8443',
    clientId: 'id',
    clientSecret: 'secret',
    insecure: { api: false, auth: false },
  })
})

test('every variable that packer reads is read as packer reads it', () => {
  const settings = fromEnvironment({
    ...local,
    HCP_API_HOST: 'https://older.example',
    HCP_API_TLS: 'disabled',
    HCP_AUTH_URL: 'https://auth.example',
    HCP_AUTH_TLS: 'insecure',
    HCP_ORGANIZATION_ID: 'o',
    HCP_PROJECT_ID: 'p',
  })
  expect(settings).toMatchObject({
    url: 'http://older.example',
    authUrl: 'https://auth.example',
    organizationId: 'o',
    projectId: 'p',
    insecure: { api: false, auth: true },
  })
  expect(fromEnvironment({ ...local, HCP_API_TLS: 'insecure', HCP_AUTH_TLS: 'disabled' }).insecure).toEqual({
    api: true,
    auth: false,
  })
})

test('the bundle that SSL_CERT_FILE names is trusted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-client-'))
  const file = join(folder, 'bundle.pem')
  writeFileSync(file, 'PEM')
  expect(fromEnvironment({ ...local, SSL_CERT_FILE: file }).ca).toBe('PEM')
  rmSync(folder, { recursive: true })
  expect(() => fromEnvironment({ ...local, SSL_CERT_FILE: file })).toThrow(
    /SSL_CERT_FILE names .* cannot be read/,
  )
})

test.each([
  [{ HCP_API_ADDRESS: undefined }, 'HCP_API_ADDRESS is not set.'],
  [{ HCP_CLIENT_ID: '' }, 'HCP_CLIENT_ID is not set.'],
  [{ HCP_CLIENT_SECRET: undefined }, 'HCP_CLIENT_SECRET is not set.'],
  [{ HCP_API_TLS: 'off' }, 'HCP_API_TLS is "off".'],
  [{ HCP_AUTH_TLS: '' }, 'HCP_AUTH_TLS is "".'],
  [{ HCP_API_ADDRESS: 'http://localhost:1' }, 'HCP_API_ADDRESS is "http://localhost:1".'],
  [{ HCP_API_ADDRESS: 'localhost/registry' }, 'without a scheme and a path'],
])('%j is said in words', (changes, message) => {
  expect(() => fromEnvironment({ ...local, ...changes })).toThrow(message)
})
