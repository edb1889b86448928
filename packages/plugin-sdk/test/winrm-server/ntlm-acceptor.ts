import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  AV_FLAG_MIC,
  AV_ID,
  type AvPairs,
  readAvPairs,
  writeAvPairs,
} from '../../src/communicator/winrm/ntlm/av-pairs.ts'
import { hasFlag, NTLM_FLAGS } from '../../src/communicator/winrm/ntlm/flags.ts'
import { type Account, hmac, rc4, responseKey } from '../../src/communicator/winrm/ntlm/keys.ts'
import { isMessage, MIC_LENGTH, MIC_OFFSET, readField } from '../../src/communicator/winrm/ntlm/messages.ts'
import { Sealing } from '../../src/communicator/winrm/ntlm/sealing.ts'

/** How the server's NTLM behaves. */
export interface AcceptorOptions {
  /** Without it clients send no integrity code. */
  readonly tellsTime: boolean
  /** What the server takes from the client's flags; all unless told. */
  readonly flags?: number
}

/** A login that the server took. */
export interface AcceptedSession {
  readonly incoming: Sealing
  readonly outgoing: Sealing
}

const WINDOWS_TIME = 133_000_000_000_000_000n

/** The server's end of NTLMv2, for one connection. */
export class NtlmAcceptor {
  readonly #account: Account
  readonly #options: AcceptorOptions
  readonly #serverChallenge = randomBytes(8)
  #negotiate: Buffer = Buffer.alloc(0)
  #challenge: Buffer = Buffer.alloc(0)

  constructor(account: Account, options: AcceptorOptions) {
    this.#account = account
    this.#options = options
  }

  /** The server's message upon the client's first. */
  challenge(negotiate: Buffer): Buffer | undefined {
    if (!isMessage(negotiate, 1)) return
    this.#negotiate = negotiate
    const targetName = Buffer.from('HOST', 'utf16le')
    const pairs: AvPairs = new Map<number, Buffer>([
      [AV_ID.domainName, targetName],
      [AV_ID.computerName, targetName],
    ])
    if (this.#options.tellsTime) pairs.set(AV_ID.timestamp, uint64(WINDOWS_TIME))
    const targetInfo = writeAvPairs(pairs)
    const head = Buffer.alloc(56)
    head.write('NTLMSSP\0', 'latin1')
    head.writeUInt32LE(2, 8)
    field(head, 12, { length: targetName.length, offset: 56 })
    head.writeUInt32LE((negotiate.readUInt32LE(12) & (this.#options.flags ?? 0xffff_ffff)) >>> 0, 20)
    this.#serverChallenge.copy(head, 24)
    field(head, 40, { length: targetInfo.length, offset: 56 + targetName.length })
    this.#challenge = Buffer.concat([head, targetName, targetInfo])
    return this.#challenge
  }

  /** The session of a client that knows the password. */
  accept(message: Buffer): AcceptedSession | undefined {
    if (!isMessage(message, 3)) return
    const response = readField(message, 20)
    const user = readField(message, 36).toString('utf16le')
    const domain = readField(message, 28).toString('utf16le')
    const key = responseKey({ ...this.#account, domain })
    const proof = hmac(key, this.#serverChallenge, response.subarray(16))
    const isKnown = user.toLowerCase() === this.#account.user.toLowerCase()
    if (!isKnown || response.length < 44 || !timingSafeEqual(proof, response.subarray(0, 16))) return
    const keyExchange = hasFlag(message.readUInt32LE(60), 'keyExchange')
    const exchangeKey = hmac(key, proof)
    const sessionKey = keyExchange ? rc4(exchangeKey, readField(message, 52)) : exchangeKey
    if (!this.#isWhole(message, response, sessionKey)) return
    return {
      incoming: new Sealing(sessionKey, { direction: 'client-to-server', keyExchange }),
      outgoing: new Sealing(sessionKey, { direction: 'server-to-client', keyExchange }),
    }
  }

  #isWhole(message: Buffer, response: Buffer, sessionKey: Buffer): boolean {
    const flags = readAvPairs(response.subarray(44)).get(AV_ID.flags)?.readUInt32LE() ?? 0
    const hasMic = (flags & AV_FLAG_MIC) !== 0
    if (hasMic !== this.#options.tellsTime) return false
    if (!hasMic) return true
    const blank = Buffer.from(message)
    blank.fill(0, MIC_OFFSET, MIC_OFFSET + MIC_LENGTH)
    const mic = hmac(sessionKey, this.#negotiate, this.#challenge, blank)
    return mic.equals(message.subarray(MIC_OFFSET, MIC_OFFSET + MIC_LENGTH))
  }
}

/** All flags but one. */
export function without(name: keyof typeof NTLM_FLAGS): number {
  return ~NTLM_FLAGS[name] >>> 0
}

function field(head: Buffer, at: number, { length, offset }: { length: number; offset: number }): void {
  head.writeUInt16LE(length, at)
  head.writeUInt16LE(length, at + 2)
  head.writeUInt32LE(offset, at + 4)
}

function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}
