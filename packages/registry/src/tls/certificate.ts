import 'reflect-metadata'
import type { KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  X509CertificateGenerator as Generator,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  X509Certificate as Parsed,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** What every certificate says. */
export interface CertificateFacts {
  readonly subject: string
  /** The key that it is about: of the curve P-256, as the one that signs. */
  readonly publicKey: KeyObject
  readonly from: Date
  readonly until: Date
}

export interface ServerFacts extends CertificateFacts {
  /** Host names and addresses. */
  readonly names: readonly string[]
}

export interface Authority {
  readonly cert: X509Certificate
  readonly key: KeyObject
}

/** A certificate of an authority, signed by itself, as PEM. */
export async function authorityCertificate(facts: CertificateFacts, key: KeyObject): Promise<string> {
  return signed({ facts, issuer: nameOf(facts.subject), key }, [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ])
}

/** A certificate of a server, signed by an authority, as PEM. */
export async function serverCertificate(facts: ServerFacts, { cert, key }: Authority): Promise<string> {
  return signed({ facts, issuer: new Parsed(cert.toString()).subjectName, key }, [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(facts.names.map(alternativeName)),
    await AuthorityKeyIdentifierExtension.create(keyOf(cert.publicKey)),
  ])
}

interface Signing {
  readonly facts: CertificateFacts
  readonly issuer: Name
  readonly key: KeyObject
}

async function signed({ facts, issuer, key }: Signing, extensions: readonly Extension[]): Promise<string> {
  const publicKey = keyOf(facts.publicKey)
  const made = await Generator.create({
    subject: nameOf(facts.subject),
    issuer,
    notBefore: facts.from,
    notAfter: facts.until,
    publicKey,
    signingKey: key.toCryptoKey(algorithm, false, ['sign']),
    signingAlgorithm: algorithm,
    extensions: [...extensions, await SubjectKeyIdentifierExtension.create(publicKey)],
  })
  return `${made.toString('pem')}\n`
}

function nameOf(commonName: string): Name {
  return new Name([{ O: [{ utf8String: 'Ingot' }] }, { CN: [{ utf8String: commonName }] }])
}

function keyOf(key: KeyObject): PublicKey {
  return new PublicKey(key.export({ type: 'spki', format: 'der' }))
}

function alternativeName(value: string): { type: 'dns' | 'ip'; value: string } {
  return { type: isIP(value) === 0 ? 'dns' : 'ip', value }
}
