import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { messageOf } from '../../errors/message-of.ts'
import { withHome } from '../settings/home-path.ts'
import { SshError } from './ssh-error.ts'
import { field, readField, uint32 } from './wire.ts'

const OPENSSH = 'openssh-key-v1\0'

/** How long a file with a key may be: bytes. */
const KEY_FILE_LIMIT = 1_048_576

/** Reads a key's file. @throws SshError `key`. */
export async function readKeyFile(path: string): Promise<string> {
  try {
    const bytes = await readFile(withHome(path))
    if (bytes.length > KEY_FILE_LIMIT) throw new Error(`it is longer than ${KEY_FILE_LIMIT} bytes`)
    return bytes.toString('latin1')
  } catch (error) {
    throw new SshError('key', `The file ${path} cannot be read: ${messageOf(error)}`, error)
  }
}

/** Refuses what is protected by a passphrase or does not look like a private key. @throws SshError `key`. */
export function checkPrivateKey(text: string, source: string): void {
  usablePrivateKey(text, source)
  if (!/PRIVATE KEY-----|^PuTTY-User-Key-File/.test(text))
    throw new SshError('key', `${source} holds no private key`)
}

/**
 * A private key in a form that the SSH client knows: PKCS#8 is turned into another, all others are left.
 * `source` says in messages where it comes from.
 * @throws SshError `key` where it is encrypted or no key.
 */
export function usablePrivateKey(text: string, source: string): string {
  if (isEncrypted(text)) {
    throw new SshError(
      'key',
      `${source} is protected by a passphrase, which nobody can enter during a build. ` +
        'Decrypt a copy with "ssh-keygen -p -f COPY", or load it into the SSH agent and set ssh_agent_auth',
    )
  }
  if (!text.includes('-----BEGIN PRIVATE KEY-----')) return text
  try {
    return privateKeyText(createPrivateKey(text))
  } catch (error) {
    throw new SshError('key', `${source} is no private key that can be used: ${messageOf(error)}`, error)
  }
}

function isEncrypted(text: string): boolean {
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) return true
  if (/^PuTTY-User-Key-File/.test(text)) return /^Encryption: (?!none)/m.test(text)
  const [, base64 = ''] = /BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/.exec(text) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.subarray(0, OPENSSH.length).toString('latin1') !== OPENSSH) return false
  return readField(bytes, OPENSSH.length)?.content.toString() !== 'none'
}

/** A private key in the form that SSH clients know. */
export function privateKeyText(key: KeyObject): string {
  const type = key.asymmetricKeyType
  if (type === 'rsa') return String(key.export({ format: 'pem', type: 'pkcs1' }))
  if (type === 'ec') return String(key.export({ format: 'pem', type: 'sec1' }))
  if (type === 'ed25519') return openSshEd25519(key)
  throw new Error(`keys of the kind ${type} are not known; use RSA, ECDSA or Ed25519`)
}

/** The one form in which SSH clients know Ed25519 keys (OpenSSH's PROTOCOL.key). */
function openSshEd25519(key: KeyObject): string {
  const { d = '', x = '' } = key.export({ format: 'jwk' })
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]
  const check = randomBytes(4)
  const name = field('ssh-ed25519')
  const secret = Buffer.concat([
    check,
    check,
    name,
    field(point),
    field(Buffer.concat([seed, point])),
    field(''),
  ])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const whole = Buffer.concat([
    Buffer.from(OPENSSH),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(Buffer.concat([name, field(point)])),
    field(Buffer.concat([secret, padding])),
  ])
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}
