import { createPrivateKey, sign } from 'node:crypto'
import type { Client, ParsedKey } from 'ssh2'
import { type Certificate, certified } from './certificate.ts'
import { SshError } from './ssh-error.ts'
import { field, integer } from './wire.ts'

/** SSH_MSG_USERAUTH_REQUEST. */
const USERAUTH_REQUEST = 50

/** A key that logs in with its certificate. */
export interface CertifiedKey {
  readonly key: ParsedKey
  readonly certificate: Certificate
}

/** What is needed of the inside of the SSH client, which knows no certificates. */
interface Protocol {
  authPK(username: string, key: ParsedKey, algorithm?: string, sign?: unknown): void
  readonly _authsQueue: string[]
  readonly _kex: { readonly sessionID: Buffer }
  _kexinit: unknown
  _queue: Buffer[] | undefined
  readonly _cipher: { encrypt(packet: Buffer): void }
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number
      alloc(size: number): Buffer
      finalize(packet: Buffer): Buffer
    }
  }
}

/**
 * Lets a client that has begun to connect offer a certificate in the place of its key: the request names the
 * certificate's kind and holds the certificate, the signature is the key's (OpenSSH's PROTOCOL.certkeys).
 */
export function logInWithCertificate(client: Client, { key, certificate }: CertifiedKey): void {
  const protocol = protocolOf(client)
  const original = protocol.authPK.bind(protocol)
  protocol.authPK = (username, offered, algorithm = certificate.keyType, signer) => {
    if (offered !== key) return original(username, offered, algorithm, signer)
    const request = (isSigned: boolean) =>
      Buffer.concat([
        Buffer.from([USERAUTH_REQUEST]),
        field(username),
        field('ssh-connection'),
        field('publickey'),
        Buffer.from([isSigned ? 1 : 0]),
        field(certified(algorithm)),
        field(certificate.blob),
      ])
    protocol._authsQueue.push('publickey')
    if (!signer) return send(protocol, request(false))
    const signed = Buffer.concat([field(protocol._kex.sessionID), request(true)])
    const signature = Buffer.concat([field(algorithm), field(signatureOf(key, algorithm, signed))])
    send(protocol, Buffer.concat([request(true), field(signature)]))
  }
}

function protocolOf(client: Client): Protocol {
  const protocol = (client as unknown as { readonly _protocol?: Protocol })._protocol
  if (typeof protocol?.authPK === 'function' && protocol._packetRW?.write && protocol._authsQueue)
    return protocol
  throw new SshError('key', 'This version of the ssh2 package cannot be taught to use certificates')
}

function send(protocol: Protocol, payload: Buffer): void {
  const { write } = protocol._packetRW
  const packet = write.alloc(payload.length)
  const isPadded = packet.length > payload.length
  packet.set(payload, isPadded ? write.allocStart : 0)
  const done = write.finalize(packet)
  if (protocol._kexinit === undefined) protocol._cipher.encrypt(done)
  else protocol._queue = [...(protocol._queue ?? []), done]
}

const hashes: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'ssh-rsa': 'sha1',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

function signatureOf(key: ParsedKey, algorithm: string, data: Buffer): Buffer {
  const hash = hashes[algorithm]
  if (hash === undefined) throw new SshError('key', `Certificates for ${algorithm} keys are not known`)
  if (!algorithm.startsWith('ecdsa-') && hash !== null)
    return sign(hash, data, createPrivateKey(key.getPrivatePEM()))
  if (hash === null) return key.sign(data)
  const parts = sign(hash, data, { key: createPrivateKey(key.getPrivatePEM()), dsaEncoding: 'ieee-p1363' })
  const half = parts.length / 2
  return Buffer.concat([integer(parts.subarray(0, half)), integer(parts.subarray(half))])
}
