import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** A new client id. The prefix keeps it apart from every id of the hosted service, with which clients share a token cache. */
export function newClientId(): string {
  return `ingot-${randomBytes(12).toString('hex')}`
}

const secretPrefix = 'ingot_secret_'

/**
 * A new secret of 256 random bits. Scanners for leaked secrets know it by its prefix, and by its last eight characters: the
 * CRC-32 of all before them, in hexadecimal digits.
 */
export function newClientSecret(): string {
  const secret = `${secretPrefix}${randomBytes(32).toString('base64url')}`
  return `${secret}${checksum(secret)}`
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/** What the database keeps of a secret: its SHA-256 in hex. Enough for 256 random bits; a person's password would need more. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

const nobody = hashSecret(randomBytes(32).toString('hex'))

/** Whether the secret is the one with this hash. An unknown client (none stored) costs the same work as a wrong secret. */
export function isSecret(secret: string, stored: string | undefined): boolean {
  const expected = Buffer.from(stored ?? nobody)
  const given = Buffer.from(hashSecret(secret))
  return given.length === expected.length && timingSafeEqual(given, expected) && stored !== undefined
}
