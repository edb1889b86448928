import { NtlmError } from './ntlm-error.ts'

/** The pairs of target information (MS-NLMP 2.2.2.1) that matter here. */
export const AV_ID = { end: 0, computerName: 1, domainName: 2, flags: 6, timestamp: 7 } as const

/** In {@link AV_ID}.flags: the authenticate message has an integrity code. */
export const AV_FLAG_MIC = 2

/** What a server tells about itself. */
export type AvPairs = Map<number, Buffer>

/** @throws NtlmError when the bytes end too early. */
export function readAvPairs(bytes: Buffer): AvPairs {
  const pairs: AvPairs = new Map()
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw new NtlmError('The target information of NTLM ends too early')
    const id = bytes.readUInt16LE(at)
    const end = at + 4 + bytes.readUInt16LE(at + 2)
    if (end > bytes.length) throw new NtlmError('The target information of NTLM ends too early')
    if (id === AV_ID.end) break
    pairs.set(id, bytes.subarray(at + 4, end))
    at = end
  }
  return pairs
}

/** The pairs in the order of the map, with the pair that ends them. */
export function writeAvPairs(pairs: AvPairs): Buffer {
  const written = [...pairs].map(([id, value]) => Buffer.concat([head(id, value.length), value]))
  return Buffer.concat([...written, head(AV_ID.end, 0)])
}

function head(id: number, length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16LE(id, 0)
  bytes.writeUInt16LE(length, 2)
  return bytes
}
