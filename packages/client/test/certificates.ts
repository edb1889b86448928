import 'reflect-metadata'
import type { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate and its key in PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** A fresh authority, and a certificate for `localhost` and `127.0.0.1` signed by it. */
export async function makeIdentity(
  names: readonly string[] = ['localhost'],
): Promise<Identity & { readonly ca: string }> {
  const authority = await makeKeys()
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: 'CN=Test authority',
    keys: authority,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  const server = await makeKeys()
  const cert = await X509CertificateGenerator.create({
    ...validity(),
    subject: `CN=${names[0]}`,
    issuer: ca.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value })))],
  })
  return { ca: ca.toString('pem'), cert: pem(cert), key: await keyPem(server.privateKey) }
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>
}

function validity() {
  const day = 86_400_000
  return {
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
    signingAlgorithm: { ...algorithm, hash: 'SHA-256' },
  }
}

function pem(certificate: X509Certificate): string {
  return certificate.toString('pem')
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${bytes.match(/.{1,64}/g)?.join('\n')}\n-----END PRIVATE KEY-----\n`
}
