import { SshError } from './ssh-error.ts'
import { readField } from './wire.ts'

const SUFFIX = '-cert-v01@openssh.com'

/** A user's certificate, in OpenSSH's form (its PROTOCOL.certkeys). */
export interface Certificate {
  /** The kind of the certified key, as `ssh-ed25519`. */
  readonly keyType: string
  readonly blob: Buffer
}

/** How the certificate of a key, or the signature with one, is named on the wire. */
export function certified(algorithm: string): string {
  return `${algorithm}${SUFFIX}`
}

/**
 * Reads a certificate's file, `…-cert.pub`. `source` says in messages where it comes from, `publicKey` is that of the
 * private key that it must be for, as on the wire.
 * @throws SshError `key`.
 */
export function readCertificate(text: string, publicKey: Buffer, source: string): Certificate {
  const [type = '', base64 = ''] = text.trim().split(/\s+/)
  const blob = Buffer.from(base64, 'base64')
  const head = readField(blob)
  if (!type.endsWith(SUFFIX) || head?.content.toString() !== type) {
    throw new SshError(
      'key',
      `${source} is no certificate of OpenSSH: such a file begins with a kind like ssh-ed25519${SUFFIX}`,
    )
  }
  if (!isFor(blob, publicKey)) {
    throw new SshError('key', `${source} is the certificate of another key than the private key beside it`)
  }
  return { keyType: type.slice(0, -SUFFIX.length), blob }
}

/** A certificate repeats the fields of the public key behind a nonce. */
function isFor(blob: Buffer, publicKey: Buffer): boolean {
  const nonce = readField(blob, readField(blob)?.end ?? blob.length)
  const type = readField(publicKey)
  if (!nonce || !type) return false
  const fields = publicKey.subarray(type.end)
  return blob.subarray(nonce.end, nonce.end + fields.length).equals(fields)
}
