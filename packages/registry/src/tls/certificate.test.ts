import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { authorityCertificate, serverCertificate } from './certificate.ts'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const from = new Date('2026-01-01T00:00:00Z')
const until = new Date('2051-01-01T00:00:00Z')

async function chain(names: readonly string[]) {
  const [ca, server] = [pair(), pair()]
  const common = { from, until }
  const authority = await authorityCertificate(
    { ...common, subject: 'Ingot Authority', publicKey: ca.publicKey },
    ca.privateKey,
  )
  const leaf = await serverCertificate(
    { ...common, subject: 'registry', publicKey: server.publicKey, names },
    { cert: new X509Certificate(authority), key: ca.privateKey },
  )
  return { authority, leaf }
}

test('a server certificate names its hosts and is signed by its authority', async () => {
  const { authority, leaf } = await chain([
    'localhost',
    '127.0.0.1',
    '::1',
    'fe80::1:2',
    'Build-Host.example',
  ])
  const server = new X509Certificate(leaf)
  const ca = new X509Certificate(authority)
  expect(ca.ca).toBe(true)
  expect(server.ca).toBe(false)
  expect(server.checkIssued(ca)).toBe(true)
  expect(server.verify(ca.publicKey)).toBe(true)
  for (const name of ['localhost', 'build-host.example']) expect(server.checkHost(name)).toBeDefined()
  for (const address of ['127.0.0.1', '::1', 'fe80::1:2']) expect(server.checkIP(address)).toBeDefined()
  expect(server.checkHost('other.example')).toBeUndefined()
  expect(server.validToDate.getUTCFullYear()).toBe(2051)
})

test('openssl takes the chain for a server', async () => {
  const { authority, leaf } = await chain(['localhost'])
  const folder = mkdtempSync(join(tmpdir(), 'ingot-certificate-'))
  try {
    writeFileSync(join(folder, 'ca.pem'), authority)
    writeFileSync(join(folder, 'leaf.pem'), leaf)
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'localhost']
    const said = execFileSync('openssl', [...args, '-CAfile', 'ca.pem', 'leaf.pem'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(said).toContain('leaf.pem: OK')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
