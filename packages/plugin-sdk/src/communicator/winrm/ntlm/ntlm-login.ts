import { AV_FLAG_MIC, AV_ID, readAvPairs, writeAvPairs } from './av-pairs.ts'
import { hasFlag, OFFERED_FLAGS, SEALING_FLAGS } from './flags.ts'
import { type Account, hmac, rc4, respond } from './keys.ts'
import { MIC_OFFSET, readChallenge, writeAuthenticate, writeNegotiate } from './messages.ts'
import { NtlmError } from './ntlm-error.ts'
import { Sealing } from './sealing.ts'

/** What a login takes from outside. */
export interface NtlmSources {
  readonly random: (length: number) => Buffer
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A login that succeeded: both directions of what follows. */
export interface NtlmSession {
  readonly outgoing: Sealing
  readonly incoming: Sealing
}

/** Windows counts from 1601: tenths of microseconds until 1970. */
const UNIX_EPOCH = 116_444_736_000_000_000n

/** Logs in with NTLMv2, on one connection, once. */
export class NtlmLogin {
  /** The first message. */
  readonly negotiate = writeNegotiate(OFFERED_FLAGS)
  readonly #account: Account
  readonly #sources: NtlmSources

  constructor(account: Account, sources: NtlmSources) {
    this.#account = account
    this.#sources = sources
  }

  /**
   * Answers the server's message with the last one and what encrypts from then on.
   * @throws NtlmError when it is no challenge, or offers no encryption that is worth the name.
   */
  authenticate(message: Buffer): { readonly message: Buffer; readonly session: NtlmSession } {
    const challenge = readChallenge(message)
    requireSealing(challenge.flags)
    const { exchange, isTimed } = this.#exchange(challenge.serverChallenge, challenge.targetInfo)
    const response = respond(this.#account, exchange)
    const keyExchange = hasFlag(challenge.flags, 'keyExchange')
    const sessionKey = keyExchange ? this.#sources.random(16) : response.keyExchangeKey
    const answer = writeAuthenticate({
      flags: (challenge.flags & OFFERED_FLAGS) >>> 0,
      lmResponse: isTimed ? Buffer.alloc(24) : response.lmResponse,
      ntResponse: response.ntResponse,
      domain: this.#account.domain,
      user: this.#account.user,
      encryptedSessionKey: keyExchange ? rc4(response.keyExchangeKey, sessionKey) : Buffer.alloc(0),
    })
    if (isTimed) hmac(sessionKey, this.negotiate, message, answer).copy(answer, MIC_OFFSET)
    return { message: answer, session: openSession(sessionKey, keyExchange) }
  }

  /** A server that tells its time wants an integrity code over all three messages. */
  #exchange(serverChallenge: Buffer, targetInfo: Buffer) {
    const pairs = readAvPairs(targetInfo)
    const timestamp = pairs.get(AV_ID.timestamp)
    const isTimed = timestamp?.length === 8
    if (isTimed) pairs.set(AV_ID.flags, withMic(pairs.get(AV_ID.flags)))
    return {
      isTimed,
      exchange: {
        serverChallenge,
        clientChallenge: this.#sources.random(8),
        time: isTimed ? timestamp.readBigUInt64LE() : windowsTime(this.#sources.now()),
        targetInfo: isTimed ? writeAvPairs(pairs) : targetInfo,
      },
    }
  }
}

function requireSealing(flags: number): void {
  const missing = SEALING_FLAGS.filter((name) => !hasFlag(flags, name))
  if (missing.length > 0)
    throw new NtlmError(
      `The machine's NTLM does not offer ${missing.join(', ')}: use winrm_use_ssl with basic authentication`,
    )
}

function openSession(sessionKey: Buffer, keyExchange: boolean): NtlmSession {
  return {
    outgoing: new Sealing(sessionKey, { direction: 'client-to-server', keyExchange }),
    incoming: new Sealing(sessionKey, { direction: 'server-to-client', keyExchange }),
  }
}

function withMic(flags: Buffer | undefined): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(((flags?.length === 4 ? flags.readUInt32LE() : 0) | AV_FLAG_MIC) >>> 0)
  return bytes
}

function windowsTime(milliseconds: number): bigint {
  return BigInt(milliseconds) * 10_000n + UNIX_EPOCH
}
