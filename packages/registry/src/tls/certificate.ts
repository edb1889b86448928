import { createHash, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { bitString, integer, objectId, octetString, sequence, set, tagged, time, truth, utf8 } from './der.ts'

const ids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeNames: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKey: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
}

/** What an X.509 certificate says, as far as ours say anything. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  /** The key that the certificate is about. */
  readonly publicKey: KeyObject
  /** The issuer's public key. */
  readonly issuerKey: KeyObject
  /** 16 random bytes. */
  readonly serial: Uint8Array
  readonly from: Date
  readonly until: Date
  /** Host names and addresses of a server; an authority has none. */
  readonly names?: readonly string[]
}

/** Signs a certificate for P-256 keys and gives it as PEM. With `names` it is a server's, without an authority's. */
export function certificate(facts: CertificateFacts, signingKey: KeyObject): string {
  const algorithm = sequence(objectId(ids.ecdsaWithSha256))
  const toSign = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(positive(facts.serial)),
    algorithm,
    name(facts.issuer),
    sequence(time(facts.from), time(facts.until)),
    name(facts.subject),
    spki(facts.publicKey),
    tagged(0xa3, sequence(...extensions(facts))),
  )
  const signature = sign('sha256', toSign, signingKey)
  return new X509Certificate(sequence(toSign, algorithm, bitString(signature))).toString()
}

function positive(serial: Uint8Array): Uint8Array {
  const bytes = Buffer.from(serial)
  bytes[0] = (bytes[0]! & 0x7f) | 0x40
  return bytes
}

function name(commonName: string): Buffer {
  const part = (id: string, text: string) => set(sequence(objectId(id), utf8(text)))
  return sequence(part(ids.organization, 'Ingot'), part(ids.commonName, commonName))
}

function extensions(facts: CertificateFacts): Buffer[] {
  const subjectKey = extension(ids.subjectKey, octetString(keyId(facts.publicKey)))
  if (!facts.names) {
    return [
      critical(ids.basicConstraints, sequence(truth(), integer(Buffer.from([0])))),
      critical(ids.keyUsage, bitString(Buffer.from([0b0000_0110]), 1)), // keyCertSign, cRLSign
      subjectKey,
    ]
  }
  return [
    critical(ids.basicConstraints, sequence()),
    critical(ids.keyUsage, bitString(Buffer.from([0b1000_0000]), 7)), // digitalSignature
    extension(ids.extendedKeyUsage, sequence(objectId(ids.serverAuth))),
    extension(ids.alternativeNames, sequence(...facts.names.map(alternativeName))),
    subjectKey,
    extension(ids.authorityKey, sequence(tagged(0x80, keyId(facts.issuerKey)))),
  ]
}

function extension(id: string, value: Uint8Array): Buffer {
  return sequence(objectId(id), octetString(value))
}

function critical(id: string, value: Uint8Array): Buffer {
  return sequence(objectId(id), truth(), octetString(value))
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? tagged(0x82, Buffer.from(host)) : tagged(0x87, addressBytes(host))
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

/** SHA-1 of the public key's bits (RFC 5280, 4.2.1.2): a P-256 key's are the last 65 bytes of its SPKI. */
function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key).subarray(-65)).digest()
}
