import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Layout, layout } from '../data-directory/layout.ts'
import { serverIdentity, serverNames } from './authority.ts'
import { writeTrustBundle } from './trust-bundle.ts'

const day = 24 * 3600 * 1000
const start = Date.parse('2026-06-01T00:00:00Z')
let files: Layout

beforeEach(() => {
  files = layout(mkdtempSync(join(tmpdir(), 'ingot-tls-')))
})
afterEach(() => rmSync(files.directory, { recursive: true }))

test('the next start finds the identity of the first', async () => {
  const first = await serverIdentity(files, ['localhost'], start)
  expect(await serverIdentity(files, ['localhost'], start + day)).toEqual(first)
})

test('nobody but the owner can read a file of it', async () => {
  await serverIdentity(files, ['localhost'], start)
  for (const name of readdirSync(files.tls.directory)) {
    expect(statSync(join(files.tls.directory, name)).mode & 0o077).toBe(0)
  }
})

test('other names, or the end in sight, bring a new certificate from the same authority', async () => {
  const first = await serverIdentity(files, ['localhost', '127.0.0.1'], start)
  const renamed = await serverIdentity(files, ['localhost', '127.0.0.1', 'build.example'], start)
  const older = await serverIdentity(files, ['localhost', '127.0.0.1'], start)
  const late = await serverIdentity(files, ['localhost', '127.0.0.1'], start + 350 * day)
  expect(new X509Certificate(renamed.cert).checkHost('build.example')).toBeDefined()
  expect(older).toEqual(renamed)
  expect(late.cert).not.toBe(renamed.cert)
  expect(new Set([first, renamed, late].map((each) => each.authority)).size).toBe(1)
})

test('an address that was not named before brings a new certificate too', async () => {
  const first = await serverIdentity(files, ['localhost'], start)
  const second = await serverIdentity(files, ['localhost', '10.0.0.7'], start)
  expect(second.cert).not.toBe(first.cert)
  expect(new X509Certificate(second.cert).checkIP('10.0.0.7')).toBeDefined()
})

test('a damaged certificate is told with its file and what to do', async () => {
  await serverIdentity(files, ['localhost'], start)
  writeFileSync(files.tls.server, readFileSync(files.tls.server, 'utf8').slice(0, 200))
  await expect(serverIdentity(files, ['localhost'], start)).rejects.toThrow(
    /server\.pem is damaged .* or remove it/,
  )
})

test('the names hold what the server listens on, and nothing that is no name', () => {
  expect(serverNames('registry.example')).toEqual(
    expect.arrayContaining(['localhost', '::1', 'registry.example']),
  )
  expect(serverNames('0.0.0.0')).not.toContain('0.0.0.0')
  expect(serverNames('a b')).not.toContain('a b')
})

test('the bundle ends with our authority after those of the system', async () => {
  const { authority } = await serverIdentity(files, ['localhost'], start)
  writeTrustBundle(files.tls.bundle, authority)
  const bundle = readFileSync(files.tls.bundle, 'utf8')
  expect(bundle.endsWith(authority)).toBe(true)
  expect(bundle.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(10)
})

test('a clock that stepped back is told, and costs nobody the trust in the authority', async () => {
  const before = await serverIdentity(files, ['localhost'], start)
  await expect(serverIdentity(files, ['localhost'], Date.parse('1970-01-02T00:00:00Z'))).rejects.toThrow(
    /clock of this machine says 1970-01-02/,
  )
  expect(await serverIdentity(files, ['localhost'], start)).toEqual(before)
})
