import { NtlmError } from './ntlm-error.ts'

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1')

/** The version that is told, which nobody looks at: Windows 10, NTLM revision 15. */
const VERSION = Buffer.from('0a0000000000000f', 'hex')

/** Where the integrity code of an authenticate message stands (MS-NLMP 2.2.1.3). */
export const MIC_OFFSET = 72
export const MIC_LENGTH = 16

/** The head of an authenticate message, before what its fields point to. */
const AUTHENTICATE_HEAD = 88

/** The first message, of the client (MS-NLMP 2.2.1.1). */
export function writeNegotiate(flags: number): Buffer {
  const message = Buffer.alloc(40)
  begin(message, 1)
  message.writeUInt32LE(flags, 12)
  VERSION.copy(message, 32)
  return message
}

/** What the server answers (MS-NLMP 2.2.1.2). */
export interface Challenge {
  readonly flags: number
  readonly serverChallenge: Buffer
  /** As it came, to be read with `readAvPairs`. */
  readonly targetInfo: Buffer
}

/** @throws NtlmError when it is no challenge. */
export function readChallenge(message: Buffer): Challenge {
  if (message.length < 48 || !isMessage(message, 2)) throw new NtlmError('The answer of NTLM is no challenge')
  return {
    flags: message.readUInt32LE(20),
    serverChallenge: message.subarray(24, 32),
    targetInfo: readField(message, 40),
  }
}

/** Whether the bytes begin as a message of that type does. */
export function isMessage(message: Buffer, type: number): boolean {
  return message.length >= 12 && message.subarray(0, 8).equals(SIGNATURE) && message.readUInt32LE(8) === type
}

/** What a field at an offset of a message points to; @throws NtlmError when that is outside. */
export function readField(message: Buffer, at: number): Buffer {
  const length = message.readUInt16LE(at)
  const offset = message.readUInt32LE(at + 4)
  if (offset + length > message.length) throw new NtlmError('A field of an NTLM message is outside of it')
  return message.subarray(offset, offset + length)
}

/** What proves who the client is (MS-NLMP 2.2.1.3). */
export interface Authenticate {
  readonly flags: number
  readonly lmResponse: Buffer
  readonly ntResponse: Buffer
  readonly domain: string
  readonly user: string
  readonly encryptedSessionKey: Buffer
}

/** The last message, with its integrity code left at zero. */
export function writeAuthenticate(content: Authenticate): Buffer {
  const head = Buffer.alloc(AUTHENTICATE_HEAD)
  begin(head, 3)
  const fields = [
    content.lmResponse,
    content.ntResponse,
    Buffer.from(content.domain, 'utf16le'),
    Buffer.from(content.user, 'utf16le'),
    Buffer.alloc(0),
    content.encryptedSessionKey,
  ]
  let offset = AUTHENTICATE_HEAD
  fields.forEach((field, index) => {
    head.writeUInt16LE(field.length, 12 + index * 8)
    head.writeUInt16LE(field.length, 14 + index * 8)
    head.writeUInt32LE(offset, 16 + index * 8)
    offset += field.length
  })
  head.writeUInt32LE(content.flags, 60)
  VERSION.copy(head, 64)
  return Buffer.concat([head, ...fields])
}

function begin(message: Buffer, type: number): void {
  SIGNATURE.copy(message)
  message.writeUInt32LE(type, 8)
}
