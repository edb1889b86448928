import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { certificate } from './certificate.ts'
import { integer, objectId, octetString, time } from './der.ts'

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const from = new Date('2026-01-01T00:00:00Z')
const until = new Date('2051-01-01T00:00:00Z')

function chain(names: readonly string[]) {
  const [ca, server] = [pair(), pair()]
  const common = { issuer: 'Ingot Authority', issuerKey: ca.publicKey, from, until }
  const authority = certificate(
    { ...common, subject: 'Ingot Authority', publicKey: ca.publicKey, serial: randomBytes(16) },
    ca.privateKey,
  )
  const leaf = certificate(
    { ...common, subject: 'registry', publicKey: server.publicKey, serial: randomBytes(16), names },
    ca.privateKey,
  )
  return { authority, leaf }
}

test('a server certificate names its hosts and is signed by its authority', () => {
  const { authority, leaf } = chain(['localhost', '127.0.0.1', '::1', 'fe80::1:2', 'Build-Host.example'])
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

test('openssl takes the chain for a server', () => {
  const { authority, leaf } = chain(['localhost'])
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

test('lengths beyond 127 and 255 bytes take more bytes', () => {
  expect(octetString(Buffer.alloc(127)).subarray(0, 2).toString('hex')).toBe('047f')
  expect(octetString(Buffer.alloc(200)).subarray(0, 3).toString('hex')).toBe('0481c8')
  expect(octetString(Buffer.alloc(65_536)).subarray(0, 5).toString('hex')).toBe('0483010000')
})

test('an integer is minimal and never negative', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
      const body = integer(bytes).subarray(2)
      expect(body[0]! & 0x80).toBe(0)
      expect(BigInt(`0x${body.toString('hex')}`)).toBe(BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
      if (body.length > 1 && body[0] === 0) expect(body[1]! & 0x80).toBe(0x80)
    }),
  )
})

test('identifiers and times are written as X.690 says', () => {
  expect(objectId('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302')
  expect(time(new Date('2049-12-31T23:59:59Z')).toString('latin1').slice(2)).toBe('491231235959Z')
  expect(time(new Date('2050-01-01T00:00:00Z')).toString('latin1').slice(2)).toBe('20500101000000Z')
})
