import { SEAL_SIGNATURE_LENGTH } from '../ntlm/sealing.ts'
import { WinRMError } from '../winrm-error.ts'

const BOUNDARY = 'Encrypted Boundary'
const PROTOCOL = 'application/HTTP-SPNEGO-session-encrypted'

/** The media type of a message that NTLM has encrypted (MS-WSMV 2.2.9.1). */
export const ENCRYPTED_TYPE = `multipart/encrypted;protocol="${PROTOCOL}";boundary="${BOUNDARY}"`

/** What is written in the place of a message. */
export interface EncryptedMessage {
  readonly signature: Buffer
  readonly sealed: Buffer
}

/** NTLM's encryption leaves a message as long as it was. */
export function writeEncrypted({ signature, sealed }: EncryptedMessage): Buffer {
  const head = [
    `--${BOUNDARY}`,
    `\tContent-Type: ${PROTOCOL}`,
    `\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=${sealed.length}`,
    `--${BOUNDARY}`,
    '\tContent-Type: application/octet-stream',
    '',
  ].join('\r\n')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(signature.length)
  return Buffer.concat([Buffer.from(head), length, signature, sealed, Buffer.from(`--${BOUNDARY}--\r\n`)])
}

/** @throws WinRMError `protocol` when it is no encrypted message. */
export function readEncrypted(body: Buffer): EncryptedMessage {
  const octets = /application\/octet-stream[ \t]*(?:\r\n)+/i.exec(headOf(body))
  const length = /OriginalContent:[^\r\n]*;\s*Length=(\d{1,9})/i.exec(headOf(body))
  const start = octets ? octets.index + octets[0].length : body.length
  const end = start + 4 + SEAL_SIGNATURE_LENGTH + Number(length?.[1] ?? Number.NaN)
  const isWhole = end <= body.length && body.readUInt32LE(start) === SEAL_SIGNATURE_LENGTH
  if (!isWhole || body.subarray(end, end + BOUNDARY.length + 2).toString('latin1') !== `--${BOUNDARY}`)
    throw new WinRMError('protocol', 'The answer is not encrypted as WinRM does it')
  const sealedAt = start + 4 + SEAL_SIGNATURE_LENGTH
  return { signature: body.subarray(start + 4, sealedAt), sealed: body.subarray(sealedAt, end) }
}

/** Where the two heads are; what follows is binary. */
function headOf(body: Buffer): string {
  return body.subarray(0, 1024).toString('latin1')
}
