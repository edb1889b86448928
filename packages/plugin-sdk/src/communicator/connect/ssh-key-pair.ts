import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { privateKeyText } from '../ssh/private-key.ts'
import { SshError } from '../ssh/ssh-error.ts'
import { field, integer } from '../ssh/wire.ts'

/** Kinds of key pairs that can be made. */
export type SshKeyType = 'rsa' | 'ecdsa' | 'ed25519'

/** A key pair to log in with. */
export interface SshKeyPair {
  /** What it is called: the comment of its public key. Empty where it is not a temporary one. */
  readonly name: string
  /** In PEM, or for Ed25519 in OpenSSH's form, which is the only one that SSH clients know. */
  readonly privateKey: string
  /** A line of `authorized_keys`. */
  readonly publicKey: string
}

/** What key pair is wanted. */
export interface SshKeyPairOptions {
  /** `rsa` unless told. */
  readonly type?: SshKeyType
  /** 4096 for RSA and 521 for ECDSA unless told; of no meaning for Ed25519. */
  readonly bits?: number
  /** Becomes the comment of the public key. */
  readonly name?: string
}

const generate = promisify(generateKeyPair)

const curves: Readonly<Record<number, string>> = { 256: 'P-256', 384: 'P-384', 521: 'P-521' }

/**
 * Makes a key pair.
 * @throws SshError `key` for a length that there is not.
 *
 * @example
 * const { privateKey, publicKey } = await createSshKeyPair({ type: 'ed25519', name: 'packer' })
 */
export async function createSshKeyPair({
  type = 'rsa',
  bits,
  name = '',
}: SshKeyPairOptions = {}): Promise<SshKeyPair> {
  const { privateKey, publicKey } = await keysOf(type, bits)
  return {
    name,
    privateKey: privateKeyText(privateKey),
    publicKey: authorizedKey(publicKeyBlob(publicKey), name),
  }
}

/** A line of `authorized_keys`. */
export function authorizedKey(blob: Buffer, comment = ''): string {
  const type = blob.subarray(4, 4 + blob.readUInt32BE())
  return `${type} ${blob.toString('base64')}${comment && ` ${comment}`}`
}

function keysOf(type: SshKeyType, bits: number | undefined) {
  if (type === 'ed25519') return generate('ed25519')
  if (type === 'rsa') return generate('rsa', { modulusLength: bits || 4096 })
  const namedCurve = curves[bits || 521]
  if (!namedCurve) throw new SshError('key', `There is no ECDSA key of ${bits} bits: use 256, 384 or 521`)
  return generate('ec', { namedCurve })
}

/** A public key as on the wire (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4). */
function publicKeyBlob(key: KeyObject): Buffer {
  const { crv = '', e = '', n = '', x = '', y = '' } = key.export({ format: 'jwk' })
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  if (key.asymmetricKeyType === 'ed25519') return Buffer.concat([field('ssh-ed25519'), field(bytes(x))])
  if (key.asymmetricKeyType === 'rsa')
    return Buffer.concat([field('ssh-rsa'), integer(bytes(e)), integer(bytes(n))])
  const curve = `nistp${crv.slice(2)}`
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)])
  return Buffer.concat([field(`ecdsa-sha2-${curve}`), field(curve), field(point)])
}
