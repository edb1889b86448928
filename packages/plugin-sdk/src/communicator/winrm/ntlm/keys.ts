import { createHash, createHmac } from 'node:crypto'
import { md4 } from './md4.ts'
import { Rc4 } from './rc4.ts'

/** Who logs in. */
export interface Account {
  readonly user: string
  /** Empty for an account of the machine. */
  readonly domain: string
  readonly password: string
}

/** `DOMAIN\user` has its domain apart; `user@domain` is sent as it is. */
export function accountOf(username: string, password: string): Account {
  const at = username.indexOf('\\')
  return { domain: username.slice(0, Math.max(at, 0)), user: username.slice(at + 1), password }
}

/** What the response is made from besides the account. */
export interface Exchange {
  readonly serverChallenge: Buffer
  readonly clientChallenge: Buffer
  /** Windows' time, in tenths of microseconds since 1601. */
  readonly time: bigint
  readonly targetInfo: Buffer
}

/** NTLMv2's answers to a challenge and the key that follows from them (MS-NLMP 3.3.2). */
export function respond(account: Account, exchange: Exchange) {
  const key = responseKey(account)
  const blob = clientBlob(exchange)
  const proof = hmac(key, exchange.serverChallenge, blob)
  const { serverChallenge, clientChallenge } = exchange
  return {
    ntResponse: Buffer.concat([proof, blob]),
    lmResponse: Buffer.concat([hmac(key, serverChallenge, clientChallenge), clientChallenge]),
    keyExchangeKey: hmac(key, proof),
  }
}

/** NTOWFv2: all that NTLM needs to know of an account. */
export function responseKey({ user, domain, password }: Account): Buffer {
  const name = Buffer.from(user.toUpperCase() + domain, 'utf16le')
  return hmac(md4(Buffer.from(password, 'utf16le')), name)
}

function clientBlob({ time, clientChallenge, targetInfo }: Exchange): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt16LE(0x0101, 0)
  head.writeBigUInt64LE(time, 8)
  return Buffer.concat([head, clientChallenge, Buffer.alloc(4), targetInfo, Buffer.alloc(4)])
}

/** Which way messages go. */
export type Direction = 'client-to-server' | 'server-to-client'

/** The keys of one direction, with 128 bits (MS-NLMP 3.4.5.2 and 3.4.5.3). */
export function directionKeys(sessionKey: Buffer, direction: Direction) {
  return {
    sign: md5(sessionKey, `session key to ${direction} signing key magic constant\0`),
    seal: md5(sessionKey, `session key to ${direction} sealing key magic constant\0`),
  }
}

/** RC4 of a single message. */
export function rc4(key: Buffer, bytes: Buffer): Buffer {
  return new Rc4(key).apply(bytes)
}

export function hmac(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const sum = createHmac('md5', key)
  for (const part of parts) sum.update(part)
  return sum.digest()
}

function md5(key: Buffer, text: string): Buffer {
  return createHash('md5').update(key).update(text, 'latin1').digest()
}
